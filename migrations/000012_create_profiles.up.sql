BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.profile (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.profile IS 'The profile of a body as a whole. Every change of a fact raises its version, so that its row orders the writers and a confirmation names what was seen.';
CALL portal.wall('portal.profile');
CREATE POLICY readers ON portal.profile FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY bodies_add ON portal.profile FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY bodies_edit ON portal.profile FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()))
  WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));

CREATE TABLE portal.profile_fact (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  fact_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('contact', 'mailbox', 'dms', 'post_office', 'variant', 'payment', 'links', 'certificate', 'configuration', 'dvdv', 'destination', 'backend')),
  details jsonb NOT NULL CHECK (jsonb_typeof(details) = 'object'),
  service_id uuid,
  product_key text NOT NULL DEFAULT '',
  released boolean NOT NULL DEFAULT false,
  valid_to date,
  confirmed_by uuid NOT NULL,
  confirmed_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, fact_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.profile (land_id, org_id),
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  CONSTRAINT only_contacts_are_released CHECK (kind = 'contact' OR NOT released),
  CONSTRAINT backends_have_products CHECK ((kind = 'backend') = (product_key <> '')),
  CONSTRAINT certificates_end CHECK ((kind = 'certificate') = (valid_to IS NOT NULL)));
COMMENT ON TABLE portal.profile_fact IS 'One fact of a body''s profile: a contact, a certificate, the DMS. What its details mean is said by its kind, in package profile. Never a key or a password.';
COMMENT ON COLUMN portal.profile_fact.product_key IS 'The name of a Fachverfahren without spelling variants and versions: bodies with the same one find each other.';
CREATE UNIQUE INDEX profile_fact_once ON portal.profile_fact (land_id, org_id, kind)
  WHERE kind IN ('mailbox', 'dms', 'post_office', 'variant', 'payment', 'links');
CREATE UNIQUE INDEX backend_once ON portal.profile_fact (land_id, org_id, service_id, product_key) WHERE kind = 'backend';
CREATE INDEX backend_by_product ON portal.profile_fact (land_id, service_id, product_key) WHERE kind = 'backend';
CALL portal.wall('portal.profile_fact');
-- A provider sees what its steps need; other bodies see a contact that was released, and only as long as it is.
CREATE POLICY readers ON portal.profile_fact FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]) AND kind IN ('certificate', 'dvdv', 'destination', 'post_office', 'configuration')
  OR released AND (SELECT ctx.scope()) = 'body');
CREATE POLICY matched ON portal.profile_fact FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY bodies_add ON portal.profile_fact FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY bodies_edit ON portal.profile_fact FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()))
  WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY bodies_remove ON portal.profile_fact FOR DELETE USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));

-- same_backend tells a body who else uses its Fachverfahren for a service. It reads all bodies and tells of no other product.
CREATE FUNCTION ctx.same_backend(p_service uuid) RETURNS TABLE (org_id uuid, product text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.org_id, min(own.details ->> 'product')
  FROM portal.profile_fact own
  JOIN portal.profile_fact f ON f.land_id = own.land_id AND f.kind = 'backend' AND f.service_id = own.service_id
    AND f.product_key = own.product_key AND f.org_id <> own.org_id
  WHERE own.land_id = ctx.land_id() AND own.org_id = ctx.org_id() AND ctx.scope() = 'body'
    AND own.kind = 'backend' AND own.service_id = p_service
  GROUP BY f.org_id $$;
REVOKE EXECUTE ON FUNCTION ctx.same_backend(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.same_backend(uuid) TO portal_app;

CREATE TABLE portal.basis_proof (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  key text NOT NULL,
  what text NOT NULL CHECK (what <> ''),
  evidence text NOT NULL CHECK (evidence <> ''),
  valid_until date,
  PRIMARY KEY (land_id, org_id, key),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.basis_proof IS 'What shows that a basis step of a body is done, even before a service needs the step. From valid_until on it shows nothing.';
CALL portal.wall('portal.basis_proof');
CREATE POLICY readers ON portal.basis_proof FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) IN ('land', 'ministry') OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY bodies_add ON portal.basis_proof FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY bodies_edit ON portal.basis_proof FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()))
  WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY bodies_remove ON portal.basis_proof FOR DELETE USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));

-- onboarding_expiry says of each running onboarding when the first of the proofs that it leans on ends.
CREATE VIEW portal.onboarding_expiry WITH (security_invoker = true) AS
  SELECT l.land_id, l.org_id, l.onboarding_id, min(p.valid_until) AS valid_until, (array_agg(p.what ORDER BY p.valid_until, p.key))[1] AS what
  FROM portal.basis_proof p
  JOIN portal.step s ON s.land_id = p.land_id AND s.org_id = p.org_id AND s.service_id IS NULL AND s.key = p.key AND s.state <> 'not_applicable'
  JOIN portal.onboarding_basis l ON l.land_id = p.land_id AND l.org_id = p.org_id AND l.step_id = s.step_id AND l.reason = ''
  JOIN portal.onboarding o ON o.land_id = p.land_id AND o.org_id = p.org_id AND o.onboarding_id = l.onboarding_id
  WHERE p.valid_until IS NOT NULL AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned')
  GROUP BY l.land_id, l.org_id, l.onboarding_id;

-- A body may say that one of its services does without a basis step.
ALTER TABLE portal.onboarding_basis ADD COLUMN overruled_by uuid, ADD COLUMN overruled_at timestamptz,
  ADD CONSTRAINT overruled_with_reason CHECK ((overruled_by IS NULL) = (overruled_at IS NULL) AND (overruled_by IS NULL OR reason <> ''));
COMMENT ON COLUMN portal.onboarding_basis.overruled_by IS 'Who said that this service does without the step. Empty where the template says so.';
CREATE POLICY bodies_overrule ON portal.onboarding_basis FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()))
  WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));

GRANT SELECT, INSERT, UPDATE ON portal.profile TO portal_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON portal.profile_fact, portal.basis_proof TO portal_app;
GRANT SELECT ON portal.onboarding_expiry TO portal_app;
GRANT UPDATE (reason, overruled_by, overruled_at) ON portal.onboarding_basis TO portal_app;
COMMIT;
