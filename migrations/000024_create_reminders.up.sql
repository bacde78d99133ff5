BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.reminder (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  step_id uuid NOT NULL,
  due_on date NOT NULL,
  days int NOT NULL,
  told_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, org_id, step_id, due_on, days),
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id));
COMMENT ON TABLE portal.reminder IS 'That somebody was reminded of a step: once for each due date and for each distance to it in days. Gone when the date is long past.';
CREATE INDEX reminder_by_due ON portal.reminder (land_id, due_on);
CALL portal.wall('portal.reminder');
CREATE POLICY workers ON portal.reminder FOR ALL TO portal_worker
  USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');
GRANT SELECT ON portal.reminder TO portal_app;
GRANT INSERT, DELETE ON portal.reminder TO portal_worker;

-- troubled_jobs tells the operator which jobs failed and are tried again, were given up, or hang. It names no Land and
-- no contents: of a round its name, of any other job its kind.
CREATE FUNCTION ctx.troubled_jobs() RETURNS TABLE (id bigint, kind text, state text, attempt int, most int, tried_at timestamptz, next_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT j.id, CASE WHEN j.kind = 'round' THEN 'round.' || (j.args ->> 'name') ELSE j.kind END,
    CASE WHEN j.state = 'running' THEN 'hanging' ELSE j.state::text END, j.attempt::int, j.max_attempts::int, j.attempted_at,
    CASE WHEN j.state = 'retryable' THEN j.scheduled_at END
  FROM river.river_job j
  WHERE ctx.scope() = 'platform' AND (j.state IN ('discarded', 'retryable') OR j.state = 'running' AND j.attempted_at < now() - interval '10 minutes')
  ORDER BY j.state = 'retryable', j.attempted_at DESC, j.id DESC
  LIMIT 200 $$;

-- retry_job has a failed job tried again at once. It says which kind it was; NULL if there is no such job, or if the same
-- work was ordered again meanwhile.
CREATE FUNCTION ctx.retry_job(p_id bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found_kind text;
BEGIN
  IF ctx.scope() IS DISTINCT FROM 'platform' THEN
    RETURN NULL;
  END IF;
  UPDATE river.river_job SET state = 'available', scheduled_at = clock_timestamp(), finalized_at = NULL, max_attempts = greatest(max_attempts, attempt + 1)
    WHERE id = p_id AND state IN ('discarded', 'retryable')
    RETURNING CASE WHEN kind = 'round' THEN 'round.' || (args ->> 'name') ELSE kind END INTO found_kind;
  RETURN found_kind;
EXCEPTION WHEN unique_violation THEN
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.troubled_jobs(), ctx.retry_job(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.troubled_jobs(), ctx.retry_job(bigint) TO portal_app;
COMMIT;
