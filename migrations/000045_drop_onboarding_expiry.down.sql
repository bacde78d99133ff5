BEGIN;
SET LOCAL ROLE portal_owner;
CREATE VIEW portal.onboarding_expiry WITH (security_invoker = true) AS
  SELECT l.land_id, l.org_id, l.onboarding_id, min(p.valid_until) AS valid_until, (array_agg(p.what ORDER BY p.valid_until, p.key))[1] AS what
  FROM portal.basis_proof p
  JOIN portal.step s ON s.land_id = p.land_id AND s.org_id = p.org_id AND s.service_id IS NULL AND s.key = p.key AND s.state <> 'not_applicable'
  JOIN portal.onboarding_basis l ON l.land_id = p.land_id AND l.org_id = p.org_id AND l.step_id = s.step_id AND l.reason = ''
  JOIN portal.onboarding o ON o.land_id = p.land_id AND o.org_id = p.org_id AND o.onboarding_id = l.onboarding_id
  WHERE p.valid_until IS NOT NULL AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned')
  GROUP BY l.land_id, l.org_id, l.onboarding_id;
GRANT SELECT ON portal.onboarding_expiry TO portal_app;
COMMIT;
