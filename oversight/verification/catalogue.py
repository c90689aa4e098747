"""What PostgreSQL's catalogues say of everything that guards a row, each thing with its name and one hash of all of it.

Names of roles are those of the two roles of an installation, ``owner`` and ``web``, whatever they are called there.
What an extension brought is left to PostgreSQL; what somebody put in its place is not.
"""

from collections.abc import Iterator

from django.conf import settings

from oversight.verification.reading import stream

HASH_DIGITS = 16  # 64 bits, and only texts that PostgreSQL takes as SQL count

# The roles by number; whoever owns the records is the owner.
_ROLES = """
    roles AS (
        SELECT pg_roles.oid, CASE WHEN pg_roles.oid = relowner THEN 'owner' WHEN rolname = '{web}' THEN 'web'
            ELSE rolname::text END AS name, rolsuper
        FROM pg_catalog.pg_roles
        CROSS JOIN (SELECT relowner FROM pg_catalog.pg_class WHERE oid = 'public.core_rowrecord'::regclass) AS records
        UNION ALL SELECT 0, 'PUBLIC', false
    ),
    relations AS (
        SELECT pg_class.*, coalesce(whole.relname, pg_class.relname)::text AS place,
            whole.oid AS whole FROM pg_catalog.pg_class
        LEFT JOIN pg_catalog.pg_inherits ON inhrelid = pg_class.oid AND pg_class.relispartition
        LEFT JOIN pg_catalog.pg_class AS whole ON whole.oid = inhparent
        WHERE pg_class.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
            AND (pg_class.relnamespace = 'public'::regnamespace OR whole.relnamespace = 'public'::regnamespace)
    ),
    brought AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e')
"""
_RIGHTS = """(
    SELECT string_agg(concat_ws(' ', name, privilege_type, is_grantable), ', ' ORDER BY name, privilege_type)
    FROM aclexplode({acl}) LEFT JOIN roles ON roles.oid = grantee
)"""
_FUNCTION = f"""concat_ws(E'\\n', (SELECT lanname FROM pg_catalog.pg_language WHERE pg_language.oid = prolang), prosrc,
    pg_get_function_sqlbody(function.oid), probin, proconfig::text, prosecdef, proleakproof, proisstrict, provolatile,
    proparallel, prokind, pg_get_function_arguments(function.oid), pg_get_function_result(function.oid),
    (SELECT concat_ws(' ', aggtransfn, aggfinalfn, aggtranstype::regtype, agginitval)
        FROM pg_catalog.pg_aggregate WHERE aggfnoid = function.oid),
    (SELECT name FROM roles WHERE roles.oid = proowner),
    {_RIGHTS.format(acl="coalesce(proacl, acldefault('f', proowner))")})"""

# A constraint in one way of writing: PostgreSQL writes the casts of a list of texts otherwise after a restore.
_PLAIN = r"""regexp_replace(regexp_replace(regexp_replace(pg_get_constraintdef(pg_constraint.oid),
        '(''(?:[^'']|'''')*'')::character varying', '\1', 'g'),
        '\((''(?:[^'']|'''')*'')\)::text', '\1', 'g'),
        '\((ARRAY\[[^][]*\])\)::text\[\]', '\1', 'g')"""

# Parts of a relation: place (of a partition that of its table), kind, name, definition, and the partition itself.
_RELATION_PARTS = (
    # The table itself.
    """SELECT place, 'table', '', concat_ws(' ', relpersistence, relrowsecurity, relforcerowsecurity, relreplident,
        (SELECT name FROM roles WHERE roles.oid = relowner)), relations.oid, whole
    FROM relations""",
    """SELECT place, 'shape', '', concat_ws(' ', relkind, pg_get_partkeydef(relations.oid), (
        SELECT concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle)
        FROM pg_catalog.pg_sequence WHERE seqrelid = relations.oid)), relations.oid, whole
    FROM relations WHERE whole IS NULL""",
    """SELECT place, 'columns', '', string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull,
        pg_get_expr(adbin, adrelid), attidentity, attgenerated, nullif(attcollation, 0)::regcollation), E'\\n'
        ORDER BY attname), relations.oid, whole
    FROM relations JOIN pg_catalog.pg_attribute ON attrelid = relations.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_catalog.pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relkind <> 'S' GROUP BY relations.oid, whole, place""",
    f"""SELECT place, 'constraints', '', string_agg(concat_ws(' ', {_PLAIN}, convalidated), E'\\n' ORDER BY {_PLAIN}),
        relations.oid, whole
    FROM relations JOIN pg_catalog.pg_constraint ON conrelid = relations.oid AND contype <> 'n'
    GROUP BY relations.oid, whole, place""",
    """SELECT place, 'indexes', '', string_agg(concat_ws(' ',
        regexp_replace(pg_get_indexdef(indexrelid), ' INDEX \\S+ ON (ONLY )?\\S+', ''), indisvalid, indisready), E'\\n'
        ORDER BY regexp_replace(pg_get_indexdef(indexrelid), ' INDEX \\S+ ON (ONLY )?\\S+', '')), relations.oid, whole
    FROM relations JOIN pg_catalog.pg_index ON indrelid = relations.oid GROUP BY relations.oid, whole, place""",
    # A trigger with the function that it calls.
    f"""SELECT place, 'trigger', tgname::text, concat_ws(E'\\n', tgenabled,
        regexp_replace(pg_get_triggerdef(pg_trigger.oid), ' ON \\S+ ', ' '), {_FUNCTION}), relations.oid, whole
    FROM relations JOIN pg_catalog.pg_trigger ON tgrelid = relations.oid AND NOT tgisinternal
    JOIN pg_catalog.pg_proc AS function ON function.oid = tgfoid""",
    """SELECT place, 'trigger of a constraint', tgname::text, tgenabled::text, relations.oid, whole
    FROM relations JOIN pg_catalog.pg_trigger ON tgrelid = relations.oid AND tgisinternal AND tgenabled <> 'O'""",
    """SELECT place, 'policy', polname::text, concat_ws(E'\\n', polcmd, polpermissive, pg_get_expr(polqual, polrelid),
        '/', pg_get_expr(polwithcheck, polrelid),
        (SELECT string_agg(name, ', ' ORDER BY name) FROM roles WHERE roles.oid = ANY (polroles))), relations.oid, whole
    FROM relations JOIN pg_catalog.pg_policy ON polrelid = relations.oid""",
    """SELECT place, 'rule', rulename::text, pg_get_ruledef(pg_rewrite.oid), relations.oid, whole
    FROM relations JOIN pg_catalog.pg_rewrite ON ev_class = relations.oid""",
)
_ACL = "coalesce(relacl, CASE relkind WHEN 'S' THEN acldefault('s', relowner) ELSE acldefault('r', relowner) END)"
_RIGHTS_OF_RELATIONS = f"""SELECT place, 'rights', '', concat_ws(E'\\n', {_RIGHTS.format(acl=_ACL)}, (
        SELECT string_agg(concat_ws(' ', attname, {_RIGHTS.format(acl="attacl")}), E'\\n' ORDER BY attname)
        FROM pg_catalog.pg_attribute WHERE attrelid = relations.oid AND attacl IS NOT NULL
    )), relations.oid, whole FROM relations"""
# What stands beside the tables: functions; and of what no migration makes, whatever there is.
_BESIDES = (
    f"""SELECT function.oid::regprocedure::text, 'function', '', {_FUNCTION} FROM pg_catalog.pg_proc AS function
    WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgfoid = function.oid)
        AND (NOT EXISTS (SELECT FROM brought WHERE objid = function.oid AND classid = 'pg_proc'::regclass)
            OR prolang <> (SELECT oid FROM pg_catalog.pg_language WHERE lanname = 'c')
            OR probin NOT LIKE '$libdir/%')""",
    # The first number that is not PostgreSQL's own.
    """SELECT oid::regprocedure::text, 'function', '', prosrc FROM pg_catalog.pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND oid >= 16384
        AND NOT EXISTS (SELECT FROM brought WHERE objid = oid AND classid = 'pg_proc'::regclass)""",
    """SELECT oid::regoperator::text, 'operator', '', oprcode::text FROM pg_catalog.pg_operator WHERE oid >= 16384
        AND NOT EXISTS (SELECT FROM brought WHERE objid = oid AND classid = 'pg_operator'::regclass)""",
    """SELECT format('%s to %s', castsource::regtype, casttarget::regtype), 'cast', '', castfunc::regproc::text
    FROM pg_catalog.pg_cast WHERE oid >= 16384
        AND NOT EXISTS (SELECT FROM brought WHERE objid = oid AND classid = 'pg_cast'::regclass)""",
    """SELECT oid::regtype::text, 'type', '', typtype::text FROM pg_catalog.pg_type
    WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'b', 'r') AND typelem = 0
        AND NOT EXISTS (SELECT FROM brought WHERE objid = oid AND classid = 'pg_type'::regclass)""",
    """SELECT evtname::text, 'event trigger', '', evtfoid::regproc::text FROM pg_catalog.pg_event_trigger""",
    """SELECT extname::text, 'extension', '', '' FROM pg_catalog.pg_extension
    WHERE extname <> 'pg_stat_statements'""",
    """SELECT inhrelid::regclass::text, 'heir', '', inhparent::regclass::text FROM pg_catalog.pg_inherits
    JOIN pg_catalog.pg_class ON pg_class.oid = inhrelid WHERE NOT relispartition""",
    """SELECT defaclobjtype::text, 'default right', coalesce(name, ''), defaclacl::text
    FROM pg_catalog.pg_default_acl LEFT JOIN roles ON roles.oid = defaclrole""",
    # A schema that a session finds before ours, without naming it.
    """SELECT nspname::text, 'schema', '', '' FROM pg_catalog.pg_namespace
    WHERE nspname <> 'public' AND nspname IN (SELECT rolname FROM pg_catalog.pg_roles)""",
    """SELECT 'public', 'right to create', name, '' FROM pg_catalog.pg_namespace, aclexplode(nspacl) JOIN roles ON
        roles.oid = grantee WHERE nspname = 'public' AND privilege_type = 'CREATE' AND NOT rolsuper
        AND name NOT IN ('owner', 'pg_database_owner')""",
    """SELECT 'the database', 'right to create', name, '' FROM pg_catalog.pg_database, aclexplode(datacl) JOIN roles ON
        roles.oid = grantee WHERE datname = current_database() AND privilege_type = 'CREATE' AND NOT rolsuper
        AND grantee <> datdba AND name <> 'owner'""",
    # Who may act as one of the two roles, or what these may besides; not who may only give them to others.
    """SELECT taken.name, 'member', member.name, '' FROM pg_catalog.pg_auth_members AS given
    JOIN roles AS taken ON taken.oid = roleid JOIN roles AS member ON member.oid = given.member
    WHERE (taken.name IN ('owner', 'web') OR member.name IN ('owner', 'web')) AND NOT member.rolsuper
        AND (inherit_option OR set_option) AND (taken.name, member.name) <> ('web', 'owner')""",
    """SELECT name, 'role', one, '' FROM roles JOIN pg_catalog.pg_roles USING (oid) CROSS JOIN LATERAL (VALUES
        ('SUPERUSER', pg_roles.rolsuper), ('CREATEROLE', rolcreaterole), ('REPLICATION', rolreplication),
        ('BYPASSRLS', rolbypassrls), ('CREATEDB', rolcreatedb AND name = 'web')
    ) AS has (one, it) WHERE name IN ('owner', 'web') AND it""",
    """SELECT parname, 'right to set', name, '' FROM pg_catalog.pg_parameter_acl, aclexplode(paracl)
    JOIN roles ON roles.oid = grantee WHERE name IN ('web', 'PUBLIC')""",
    # What is set for a role or a database whenever it is used, but how long it waits and what it logs.
    """SELECT split_part(said, '=', 1), 'setting', coalesce(name, ''), said
    FROM pg_catalog.pg_db_role_setting LEFT JOIN roles ON roles.oid = nullif(setrole, 0), unnest(setconfig) AS said
    WHERE setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
        AND split_part(said, '=', 1) !~ '^(log_.*|.*_timeout|work_mem|maintenance_work_mem)$'""",
    """SELECT name, 'setting', '', reset_val FROM pg_catalog.pg_settings WHERE (name, reset_val) IN (
        ('session_replication_role', 'replica'), ('session_replication_role', 'local'), ('row_security', 'off'),
        ('allow_system_table_mods', 'on'), ('check_function_bodies', 'off'))
        OR name = 'search_path' AND reset_val <> '"$user", public'
        OR name IN ('local_preload_libraries', 'session_preload_libraries') AND reset_val <> ''""",
)


def parts() -> Iterator[tuple[str, str, str, str, str]]:
    """Everything that guards rows: place, kind, name, hash, and the partition of its place where it stands on one."""
    named = [f"SELECT * FROM ({part}) AS part (place, kind, name, definition, relation, whole)" for part in _parts()]
    besides = [f"SELECT *, NULL, NULL FROM ({part}) AS part (place, kind, name, definition)" for part in _BESIDES]
    statement = f"""
        WITH {_ROLES.replace("{web}", settings.WEB_DATABASE_ROLE)}
        SELECT place, kind, name, left(encode(sha256(convert_to(coalesce(definition, ''), 'UTF8')), 'hex'),
            {HASH_DIGITS}), CASE WHEN whole IS NULL THEN '' ELSE relation::regclass::text END
        FROM ({" UNION ALL ".join([*named, *besides])}) AS everything (place, kind, name, definition, relation, whole)
    """
    yield from stream(statement)


def _parts() -> Iterator[str]:
    yield from _RELATION_PARTS
    yield _RIGHTS_OF_RELATIONS
