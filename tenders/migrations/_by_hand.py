"""What no model says: the counters behind references, until when keys are kept, and how seals go whose keys are gone."""

from django.db import migrations

from core.references import ReferenceSequence

# Who destroys a key, and whoever asks for prices or opens them, is kept from it by these: a lot stands still while it is
# held, and the keys stay as long as its technical result may still be objected to.
HOLDS = """
CREATE FUNCTION tender_is_held(asked bigint) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM tenders_lot lot JOIN tenders_hold hold ON hold.lot_id = lot.id AND hold.lifted_at IS NULL
        WHERE lot.tender_id = asked
    ) OR EXISTS (
        SELECT FROM tenders_lot lot JOIN tenders_technicalresult result ON result.id = lot.technical_result_id
        WHERE lot.tender_id = asked AND lot.ending <> 'cancelled' AND result.final_at > platform_clock()
    )
$$;

CREATE FUNCTION tender_is_over(asked bigint) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT tender.published_at IS NOT NULL AND NOT tender_is_held(asked) AND (
        tender.status = 'cancelled'
        OR NOT EXISTS (SELECT FROM tenders_lot WHERE tender_id = asked AND status <> 'ended')
    ) FROM tenders_tender tender WHERE tender.id = asked
$$;
"""
NO_HOLDS = "DROP FUNCTION tender_is_over(bigint); DROP FUNCTION tender_is_held(bigint);"

# Too few openers are left to open anything, so that what was never opened may go (the trigger of the versions asks).
# With the seals that were never opened go the seeds that were revealed and never opened, and attachments that no
# envelope names any more; the answer counts the bids' own envelopes.
SEALS = """
CREATE FUNCTION keys_are_gone(asked bigint) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE destruction.id IS NULL) < min(tender.openers_needed) AND NOT tender_is_held(asked)
    FROM tenders_opener opener
    JOIN tenders_tender tender ON tender.id = opener.tender_id
    LEFT JOIN tenders_keydestruction destruction ON destruction.opener_id = opener.id
    WHERE opener.tender_id = asked AND opener.replaced_at IS NULL
$$;

CREATE FUNCTION delete_unopened_seals(asked bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    technical_gone bigint;
    commercial_gone bigint;
BEGIN
    IF NOT keys_are_gone(asked) THEN
        RAISE EXCEPTION 'enough openers still hold their keys, or a lot is held' USING ERRCODE = 'PT003';
    END IF;
    UPDATE tenders_reveal reveal SET technical = NULL WHERE technical IS NOT NULL
        AND bid_id IN (SELECT id FROM tenders_bid WHERE tender_id = asked)
        AND NOT EXISTS (SELECT FROM tenders_openedenvelope
            WHERE version_id = reveal.version_id AND envelope = 'technical' AND request_id IS NOT NULL);
    UPDATE tenders_reveal reveal SET commercial = NULL WHERE commercial IS NOT NULL
        AND bid_id IN (SELECT id FROM tenders_bid WHERE tender_id = asked)
        AND NOT EXISTS (SELECT FROM tenders_openedenvelope
            WHERE version_id = reveal.version_id AND envelope = 'commercial' AND request_id IS NOT NULL);
    UPDATE tenders_bidversion version SET technical = NULL WHERE tender_id = asked AND technical IS NOT NULL
        AND NOT EXISTS (SELECT FROM tenders_openedenvelope
            WHERE version_id = version.id AND envelope = 'technical' AND request_id IS NOT NULL);
    GET DIAGNOSTICS technical_gone = ROW_COUNT;
    UPDATE tenders_bidversion version SET commercial = NULL WHERE tender_id = asked AND commercial IS NOT NULL
        AND NOT EXISTS (SELECT FROM tenders_openedenvelope
            WHERE version_id = version.id AND envelope = 'commercial' AND request_id IS NOT NULL);
    GET DIAGNOSTICS commercial_gone = ROW_COUNT;
    UPDATE tenders_attachmentchunk chunk SET data = NULL FROM tenders_sealedattachment attached
        WHERE attached.id = chunk.attachment_id AND chunk.data IS NOT NULL
        AND attached.bid_id IN (SELECT id FROM tenders_bid WHERE tender_id = asked)
        AND NOT EXISTS (SELECT FROM tenders_bidversion WHERE bid_id = attached.bid_id AND (
            position(convert_to(attached.blob, 'UTF8') IN technical) > 0
            OR position(convert_to(attached.blob, 'UTF8') IN commercial) > 0));
    RETURN technical_gone + commercial_gone;
END $$;
"""
NO_SEALS = "DROP FUNCTION delete_unopened_seals(bigint); DROP FUNCTION keys_are_gone(bigint);"

BEFORE = [ReferenceSequence("tender"), ReferenceSequence("objection"), ReferenceSequence("expert")]
AFTER = [migrations.RunSQL(HOLDS, NO_HOLDS), migrations.RunSQL(SEALS, NO_SEALS)]
