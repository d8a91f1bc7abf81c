DROP TABLE branch_hours;
DROP TABLE branch;
