-- Run once by the postgres image, as its superuser, on an empty volume. The server's own role is an ordinary one: a
-- superuser would see past row-level security.
\set ON_ERROR_STOP on
\getenv password COUNTERSIGN_DB_PASSWORD
CREATE ROLE countersign LOGIN PASSWORD :'password';
CREATE ROLE countersign_reader NOLOGIN;
GRANT countersign_reader TO countersign WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE countersign OWNER countersign;
