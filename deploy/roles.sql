-- The database and its roles, once, as a superuser: psql --file=deploy/roles.sql, then \password for each.
-- No system locale and no ICU: the order of code points with Unicode letters, so that Chinese names are searched.
CREATE ROLE owner LOGIN;                -- owns and migrates, and checks the trail
CREATE ROLE web LOGIN;                  -- web processes and workers: reads and writes rows, and nothing else
CREATE ROLE backup LOGIN REPLICATION;   -- copies whole files; reads no table
CREATE ROLE monitor LOGIN IN ROLE pg_monitor;
CREATE DATABASE procurement OWNER owner TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
