CREATE INDEX CONCURRENTLY member_by_email ON member (lower(email));
