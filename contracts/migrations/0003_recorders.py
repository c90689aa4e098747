import core.triggers
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_trail"),
        ("contracts", "0002_references"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="acceptance",
            trigger=pgtrigger.compiler.Trigger(
                name="acceptance_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="16304386e5eadbf0335401c867dd757dcfe15613",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_acceptance_insert_recorded_013e7",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_acceptance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="480e88257500fa1e648b49f2aaaaba7d865301de",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_agreed_volume_insert_recorded_fc029",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="f0935154d470c25da9514c1ff1ef35b936650801",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_agreed_volume_update_recorded_47d87",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="3d812150ca43a33126a7c97cae99b1bed82e5f2c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_agreed_volume_delete_recorded_91528",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of agreed_volume are removed one by one' USING ERRCODE = 'PT002';",
                    hash="af77452e5d4ac6acd0bc0b63747dbb91d77aa27a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_agreed_volume_not_emptied_c80aa",
                    table="contracts_agreedvolume",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="761adcdced367573eb8a72e970e88ef1a21f2d40",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_contract_insert_recorded_41840",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9ae750b6e26eb2e25f38665f875c501850412f34",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_update_recorded_cba6f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9a7a0a595ed46f7c1195cf2f2d853aba9fb5a953",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_contract_delete_recorded_f08e4",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract are removed one by one' USING ERRCODE = 'PT002';",
                    hash="9ac2524a8b66e5d207d0d65e21a99e0dec56101e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_contract_not_emptied_7d111",
                    table="contracts_contract",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="4ded700a0286abd213ed49bc18189261fc5382c1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_contract_line_insert_recorded_3af21",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="1baa1cafa9770208c611addfaf4e3d3e337a89dc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_line_update_recorded_3bd5f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="a27a23f1eee012c883475f7c380ea41c45fe8c4a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_contract_line_delete_recorded_908aa",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="9faca741c9b2a7c1c22c02afef10331204a95c9f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_contract_line_not_emptied_e855e",
                    table="contracts_contractline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="afdccf0dcc0a342bebe7439e274025af0f1a4f61",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_delivery_insert_recorded_7c541",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="b16f1fe37921c4e21be47fcb03287d99c36b3d2b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_update_recorded_50a17",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="ecef9ffd89ecdc33cc0371ef83e95ebf41063e70",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_delete_recorded_2e517",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of delivery are removed one by one' USING ERRCODE = 'PT002';",
                    hash="bd96283796883cb086cc1cd76e4d522cf05e00f7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_delivery_not_emptied_9c8ce",
                    table="contracts_delivery",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="07cb79d2778418f4cb4c91b47f657c21e6c29230",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_delivery_line_insert_recorded_df1c5",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="85c013588fa709e15f5d4995ec7dfab313ce5485",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_line_update_recorded_cba01",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="3171cc8b0d4acb4ecc32de19436cdd4b95b8b2a8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_line_delete_recorded_12cef",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of delivery_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="19fff248a7364a6a65d2d0be4785260c05ea2d6d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_delivery_line_not_emptied_ec6d7",
                    table="contracts_deliveryline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="009c1981b4b786313cbd76c2755b84c02dbc5a73",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_order_insert_recorded_ef160",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="7268de8d637c78c0a8e8097b8dbba5c51ad1d421",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_order_update_recorded_b9470",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="62dbfb30a8973cd0bed056a9e07918b38bb52601",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_order_delete_recorded_587b9",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of order are removed one by one' USING ERRCODE = 'PT002';",
                    hash="eaacfc943a302a8e29e55cff826296538532b453",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_order_not_emptied_d9f2f",
                    table="contracts_order",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="97aebd25c29e752c3906e8db0ab4e27b136c8078",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_order_line_insert_recorded_fca24",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="be7270be9222626a8c7e2e5c3d352acb62248df3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_order_line_update_recorded_62860",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="5e2ec879080cfe1cc3a742e88dff3c115cf1682d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_order_line_delete_recorded_094ec",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of order_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="6bc52b3c926354f7572f350c0fcf6cb011bd3e7b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_order_line_not_emptied_1cca1",
                    table="contracts_orderline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="a8a799a0ce84b39272d4d194dc13fcbc0f08d90e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payable_insert_recorded_073c3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="6ad2d17e724dfe058413b7b567510a0065650c3c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_payable_update_recorded_a7061",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="cf26cdd2983e16f3a9ff00d2ae14e45144700a71",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_payable_delete_recorded_b5680",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payable are removed one by one' USING ERRCODE = 'PT002';",
                    hash="1ca8b7efdca070c9ee3b6380f79314091b854e81",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_payable_not_emptied_d0be9",
                    table="contracts_payable",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="81eec891e94baba8e0bfb4e41da0e39fae7c43b9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payment_insert_recorded_339b8",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="73ca28a113b108c3bae0fafc5af4f60efedfbc93",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payment_line_insert_recorded_6dd29",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_paymentline",
                    when="AFTER",
                ),
            ),
        ),
    ]
