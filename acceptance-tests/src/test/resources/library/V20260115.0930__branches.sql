CREATE TABLE branch (code text PRIMARY KEY, name text NOT NULL, note text);
COPY branch (code, name, note) FROM stdin;
C	Central; the old one	It is -- central
N	North	\N
S	South	/* closed
\.
CREATE TABLE branch_hours (branch text REFERENCES branch, day int, opens time, PRIMARY KEY (branch, day));
