CREATE TABLE fine (
    id        bigint PRIMARY KEY,
    member_id uuid REFERENCES member,
    amount    numeric(8, 2) NOT NULL
);
