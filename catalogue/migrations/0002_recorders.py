import core.triggers
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_trail"),
        ("catalogue", "0001_tables"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="29ae567970ca441b0d64a6451e96980d539ac31d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_catalogue_import_insert_recorded_e31d9",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="73436e6daf2950d344f2992b1dfcc2f5cbcb6bce",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_catalogue_import_update_recorded_684e8",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9a045c41c9e82c75d41515928eae8599e6cb7eae",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_catalogue_import_delete_recorded_15e12",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of catalogue_import are removed one by one' USING ERRCODE = 'PT002';",
                    hash="953abe9b76e1bfebfef1defc86dba59bb6da5ff9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_catalogue_import_not_emptied_c4d55",
                    table="catalogue_catalogueimport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="83392337520ffbae507066b842ff9a2fa9697a22",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_item_insert_recorded_22204",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="82c5e0b129dc8b3af6fb4a1e16575d5446674fb6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_item_update_recorded_82da9",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="bfd62256ab9c79b10355926d1b01b06857bfe7cb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_item_delete_recorded_e44ef",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of item are removed one by one' USING ERRCODE = 'PT002';",
                    hash="2abbb4ed01701ba9df1b269e09a4c07271149bf5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_item_not_emptied_b26d4",
                    table="catalogue_item",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="226fb8ae2a51619d3cdd2a067a4df88c3896c779",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_maker_insert_recorded_52ac4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="47f14a2a63e3b73eed8b4a4b5379eb4467f5ba8f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_maker_update_recorded_e0a53",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="00f24ed7c7c816d85d8844032b550e3f585aadab",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_maker_delete_recorded_81e7a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of maker are removed one by one' USING ERRCODE = 'PT002';",
                    hash="dd660e7818ba4da707164ecb3707cf3705fd6b28",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_maker_not_emptied_1a4e3",
                    table="catalogue_maker",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="4334e0d9e44679a5a648a5842d6eba7f446416f1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_price_entry_insert_recorded_3f4b6",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="a0d5b8916e72ec06757441acf2af1e889f026974",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_price_entry_update_recorded_418cf",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="09e53798bcbe96714c7028f0733fb373493217c4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_price_entry_delete_recorded_e9c9a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of price_entry are removed one by one' USING ERRCODE = 'PT002';",
                    hash="763b869dc92a237acd86566b1b9cb34c28221cb9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_price_entry_not_emptied_4e59b",
                    table="catalogue_priceentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="b86550dcb5eaeff9da43831a27c8da8749624544",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_insert_recorded_9115f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="458289d3ddc1970939ea2f77901a21a804c36577",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_update_recorded_6ff08",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="f858a6d35a4cf9b7ec337ea0f61714196ed79724",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_delete_recorded_30f1a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product are removed one by one' USING ERRCODE = 'PT002';",
                    hash="0784479f1b92a94501c82cadd7ac211782971e45",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_product_not_emptied_6d4b0",
                    table="catalogue_product",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="2f6b9915f358da445836c4b4392d4fa75e9619f2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_version_insert_recorded_3da73",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9241c9670141a3c0cfcc3641da639fb22dac2071",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_version_update_recorded_79f9a",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="80bc96e524bea9b1f53d496f6d59843b7e747426",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_version_delete_recorded_bf515",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_version are removed one by one' USING ERRCODE = 'PT002';",
                    hash="a7a7a6a67f4a866def67f21d9cd0c2ea05f20bd7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_product_version_not_emptied_d34ae",
                    table="catalogue_productversion",
                    when="BEFORE",
                ),
            ),
        ),
    ]
