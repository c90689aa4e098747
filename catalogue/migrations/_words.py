"""The words by which items and products are found, as indexes keep them.

``found_by`` takes texts apart: of each row of Chinese characters every pair, and its last character alone; of all else
whole words, in small letters, and their parts where strokes join them. Words are asked for by how they begin, so that
one character finds every place where it stands, and a beginning of a code what has the code. Of ``initials`` every
end is a word: so they are found from any character on. ``catalogue.rules.words`` asks in the same terms.
"""

WORDS = r"""
CREATE FUNCTION found_by(said text, initials text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
    run text;
    words text := '';
BEGIN
    FOR run IN SELECT part[1] FROM regexp_matches(lower(normalize(said, NFKC)), '([\u3400-\u9fff\U00020000-\U0003ffff]+'
        || '|[a-z0-9.%\u00b5-\u024f\u0370-\u04ff]+(?:[-/][a-z0-9.%\u00b5-\u024f\u0370-\u04ff]+)*)', 'g') AS part LOOP
        IF run >= chr(13312) THEN
            FOR place IN 1..length(run) LOOP
                words := words || ' ' || substr(run, place, 2);
            END LOOP;
        ELSE
            words := words || ' ' || translate(btrim(run, '.'), '-/', '  ') || ' ' || translate(btrim(run, '.'), '-/', '');
        END IF;
    END LOOP;
    FOR place IN 1..length(initials) LOOP
        words := words || ' ' || substr(initials, place, 12);
    END LOOP;
    RETURN words::tsvector;
END $$;

-- The quantities of an item as the catalogue prints them: 0.25g.
CREATE FUNCTION item_words(name text, english text, strength text, contents jsonb, code text, initials text)
    RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT public.found_by(name || ' ' || english || ' ' || strength || ' ' || code || ' '
        || regexp_replace((contents - '{sugar_free,material,units_a_day}'::text[])::text, '"[a-z_]+":', '', 'g'), initials)
$$;

-- What makers are is said of nearly all of them, and tells none from another.
CREATE FUNCTION version_words(brand text, maker text, code text, approval text, standard text, device text,
    specification text, model text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT public.found_by(brand || ' ' || regexp_replace(maker, '(股份)?有限(责任)?公司', ' ') || ' ' || code || ' '
        || approval || ' ' || standard || ' ' || device || ' ' || specification || ' ' || model, '')
$$;

-- What one search finds: at most so many keys, of items by their own words or by how they sound (``known``), and by
-- what versions say and codes were (``others``); of several words where each of them stands. A function, because its
-- plans are made once a session and not once a search; they are those for whatever is asked, because a search always
-- goes by these indexes.
CREATE FUNCTION keys_found(own tsquery, sound text, said tsquery, code_begins text, words tsquery[], sounds text[],
    most integer, of_products boolean,
    OUT known bigint[], OUT others bigint[], OUT in_items boolean[], OUT in_versions boolean[])
    LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    item_has constant text := 'SELECT EXISTS (SELECT FROM catalogue_item i WHERE '
        'item_words(i.name, i.name_en, i.strength, i.contents, i.code_prefix, i.initials) @@ %L::tsquery';
    version_has constant text := 'SELECT EXISTS (SELECT FROM catalogue_productversion v WHERE version_words(v.brand, '
        'v.maker_name, v.national_code, v.approval_number, v.standard_code, v.udi_di, v.specification, v.model) '
        '@@ %L::tsquery)';
    all_in_items boolean;
    all_in_versions boolean;
    stands boolean;
BEGIN
    known := ARRAY(
        SELECT i.id FROM catalogue_item i
        WHERE item_words(i.name, i.name_en, i.strength, i.contents, i.code_prefix, i.initials) @@ own
        OR i.pinyin LIKE sound LIMIT most);
    all_in_items := sound IS NULL AND cardinality(known) > 0;
    IF of_products AND cardinality(known) < most THEN
        known := ARRAY(SELECT p.id FROM catalogue_product p WHERE p.item_id = ANY(known) LIMIT most);
    END IF;
    others := ARRAY(
        SELECT CASE WHEN of_products THEN p.id ELSE p.item_id END
        FROM catalogue_productversion v JOIN catalogue_product p ON p.id = v.product_id
        WHERE version_words(v.brand, v.maker_name, v.national_code, v.approval_number, v.standard_code, v.udi_di,
            v.specification, v.model) @@ said LIMIT most);
    IF code_begins IS NOT NULL THEN
        others := others || ARRAY(
            SELECT CASE WHEN of_products THEN p.id ELSE p.item_id END
            FROM catalogue_productcode c JOIN catalogue_product p ON p.id = c.product_id
            WHERE c.code BETWEEN code_begins AND code_begins || '~' LIMIT most);
    END IF;
    -- Whether a word stands anywhere is planned by how common it is: of one that nearly all have the first row tells.
    all_in_versions := cardinality(others) > 0;
    FOR place IN 1..coalesce(cardinality(words), 0) LOOP
        stands := all_in_items;
        IF NOT stands THEN
            EXECUTE format(item_has, words[place]) || CASE WHEN sounds[place] IS NULL THEN ')'
                ELSE format(' OR i.pinyin LIKE %L)', sounds[place]) END INTO stands;
        END IF;
        in_items[place] := stands;
        stands := all_in_versions;
        IF NOT stands THEN
            EXECUTE format(version_has, words[place]) INTO stands;
        END IF;
        in_versions[place] := stands;
    END LOOP;
END $$;
"""
NO_WORDS = """
DROP FUNCTION keys_found(tsquery, text, tsquery, text, tsquery[], text[], integer, boolean);
DROP FUNCTION version_words(text, text, text, text, text, text, text, text);
DROP FUNCTION item_words(text, text, text, jsonb, text, text);
DROP FUNCTION found_by(text, text);
"""
