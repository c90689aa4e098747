-- What somebody has to look at, a row each; nothing where all is well. As the owner, every minute:
--   psql "$DATABASE_OWNER_URL" --no-psqlrc --tuples-only --file=deploy/alerts.sql
SELECT 'work waits for a worker' AS what, count(*) AS how_many, min(due_at) AS since
    FROM core_outboxmessage WHERE delivered_at IS NULL AND due_at < now() - interval '5 minutes' HAVING count(*) > 0
UNION ALL SELECT 'work failed ten times: ' || string_agg(DISTINCT task || ' ' || last_error, ', '), count(*), min(due_at)
    FROM core_outboxmessage WHERE delivered_at IS NULL AND attempts >= 10 HAVING count(*) > 0
UNION ALL SELECT 'the schedule stands still', count(*), max(last_run_at)
    FROM django_celery_beat_periodictask HAVING max(last_run_at) < now() - interval '5 minutes'
UNION ALL SELECT 'records are not linked', count(*), min(recorded_at)
    FROM core_unlinked WHERE recorded_at < now() - interval '20 minutes' HAVING count(*) > 0
UNION ALL SELECT 'no head is signed', 1, max(signed_at)
    FROM oversight_trailhead HAVING max(signed_at) < now() - interval '20 minutes'
UNION ALL SELECT 'the trail was not checked', 1, max(checked_at)
    FROM oversight_trailcheck HAVING coalesce(max(checked_at), '-infinity') < now() - interval '26 hours'
UNION ALL SELECT 'the last check found faults', faults, checked_at
    FROM (SELECT * FROM oversight_trailcheck ORDER BY id DESC LIMIT 1) AS last WHERE faults > 0
UNION ALL SELECT 'tenders are past their deadline without a signed close', count(*), min(deadline)
    FROM tenders_tender AS tender WHERE status = 'published' AND deadline < now() - interval '5 minutes'
    AND NOT EXISTS (SELECT FROM tenders_close WHERE tender_id = tender.id) HAVING count(*) > 0
UNION ALL SELECT 'closes have no outside time stamp', count(*), min(closed_at)
    FROM tenders_close AS shut JOIN core_outboxmessage AS message ON message.task = 'tenders.tasks.stamp_close'
    AND message.arguments = jsonb_build_array(shut.id) AND delivered_at IS NULL
    WHERE closed_at < now() - interval '1 hour' HAVING count(*) > 0
UNION ALL SELECT 'debts are overdue and nobody has paid', count(*), min(due_on)::timestamptz
    FROM contracts_payable WHERE paid < amount - reversed AND due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date
    HAVING count(*) > 0
UNION ALL SELECT 'the log is not archived: ' || last_failed_wal, failed_count, last_failed_time
    FROM pg_stat_archiver WHERE last_failed_time > coalesce(last_archived_time, '-infinity');
