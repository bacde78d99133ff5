-- The Lagebild counts the deadlines. Written in SQL the function is planned anew at each call, which costs more than the rest
-- of the page; written in PL/pgSQL it is planned once for each connection. It says the same.
BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION ctx.deadlines(p_from date, p_to date) RETURNS TABLE (kind text, record uuid, service_id uuid, ends_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
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
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND a.service_id = ANY (ctx.read_services()::uuid[]));
END $$;
COMMIT;
