BEGIN;
SET LOCAL ROLE portal_owner;
-- Postgres plans the body of a SQL function anew in every statement that calls it; that of a PL/pgSQL function once for
-- each connection. These stand in policies and in almost every page.

-- As in 000015. Whoever is no ministry pays for one comparison.
CREATE OR REPLACE FUNCTION ctx.ministry_checks(p_org uuid, p_service uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF ctx.scope() IS DISTINCT FROM 'ministry' THEN
    RETURN false;
  END IF;
  RETURN p_service = ANY (ctx.read_services()) AND EXISTS (
    SELECT FROM portal.step s
    JOIN portal.template_step t ON t.land_id = s.land_id AND t.template_version_id = s.template_version_id AND t.key = s.key
    WHERE s.land_id = ctx.land_id() AND s.org_id = p_org AND s.service_id = p_service AND s.state = 'submitted' AND t.review = 'fachressort');
END $$;

-- As in 000002. Every request asks it twice.
CREATE OR REPLACE FUNCTION auth.session_membership(p_token bytea) RETURNS auth.membership LANGUAGE plpgsql STABLE AS $$
DECLARE
  found auth.membership;
BEGIN
  SELECT m.* INTO found
  FROM auth.session s JOIN auth.membership m ON m.membership_id = s.membership_id
  WHERE s.token_hash = p_token AND s.ended_at IS NULL AND m.status = 'active'
    AND s.expires_at > clock_timestamp() AND s.seen_at > clock_timestamp() - interval '30 minutes';
  RETURN found;
END $$;

-- As in 000002.
CREATE OR REPLACE FUNCTION ctx.people() RETURNS TABLE (person_id uuid, org_id uuid, name text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT m.person_id, m.org_id, p.name, m.role
    FROM auth.membership m JOIN auth.person p ON p.person_id = m.person_id
    WHERE m.land_id = ctx.land_id() AND (m.org_id = ctx.org_id() OR ctx.scope() = 'land');
END $$;
COMMIT;
