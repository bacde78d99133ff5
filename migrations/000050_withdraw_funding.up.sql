BEGIN;
SET LOCAL ROLE portal_owner;
-- A funding that does not come is withdrawn, never deleted: keepers go on reading it with the reason, nobody else does.
ALTER TABLE portal.funding
  ADD COLUMN withdrawn_at timestamptz,
  ADD COLUMN withdrawn_by uuid,
  ADD COLUMN withdrawn_reason text NOT NULL DEFAULT '',
  ADD CONSTRAINT withdrawn_with_reason CHECK ((withdrawn_at IS NULL) = (withdrawn_reason = '') AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL));
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason) ON portal.funding TO portal_app;
ALTER POLICY keepers_edit ON portal.funding
  USING (withdrawn_at IS NULL AND ((SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[])));

CREATE OR REPLACE FUNCTION ctx.funding(p_service uuid) RETURNS TABLE (purpose text, payer text, to_on date, reserved boolean, payer_after text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.purpose, f.payer, f.to_on, f.reservation <> '', f.payer_after
  FROM portal.funding f
  WHERE f.land_id = ctx.land_id() AND f.service_id = p_service AND f.kind = 'funding' AND f.withdrawn_at IS NULL
  ORDER BY f.to_on, f.funding_id $$;

CREATE OR REPLACE FUNCTION ctx.deadlines(p_from date, p_to date) RETURNS TABLE (kind text, record uuid, service_id uuid, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.kind, f.funding_id, f.service_id, f.to_on
  FROM portal.funding f
  WHERE f.land_id = ctx.land_id() AND f.to_on BETWEEN p_from AND p_to AND f.withdrawn_at IS NULL
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND f.service_id = ANY (ctx.read_services()::uuid[]))
  UNION
  SELECT 'price', a.service_id, a.service_id, a.ends_on
  FROM (
    SELECT d.service_id, w.price_until AS ends_on
    FROM portal.assessment w
    JOIN portal.decision d ON d.land_id = w.land_id AND d.decision_id = w.decision_id AND d.state IN ('approved', 'approved_with_conditions')
    WHERE w.land_id = ctx.land_id()
    UNION
    SELECT s.service_id, s.price_bound_until
    FROM portal.service s
    WHERE s.land_id = ctx.land_id()) a
  WHERE a.ends_on BETWEEN p_from AND p_to
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND a.service_id = ANY (ctx.read_services()::uuid[])) $$;
COMMIT;
