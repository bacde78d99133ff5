BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.service_fact (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  fact text NOT NULL CHECK (fact IN ('providing_state', 'operator', 'lifecycle', 'transport', 'price_once', 'price_yearly', 'price_until', 'available_from')),
  source text NOT NULL CHECK (source IN ('fit_store', 'marketplace', 'information_platform')),
  value text NOT NULL CHECK (value <> '' AND char_length(value) <= 300),
  checked_on date NOT NULL,
  address text NOT NULL DEFAULT '' CHECK (address = '' OR address ~ '^https?://'),
  saved_by uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, service_id, fact, source),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service);
COMMENT ON TABLE portal.service_fact IS 'What one source says about a service, and when somebody looked: FIT-Store, Marktplatz and Informationsplattform do not always say the same. What is withdrawn stays as a row.';
CALL portal.wall('portal.service_fact');
CREATE POLICY readers ON portal.service_fact FOR SELECT USING (
  EXISTS (SELECT FROM portal.service s WHERE s.land_id = service_fact.land_id AND s.service_id = service_fact.service_id));
CREATE POLICY land_adds ON portal.service_fact FOR INSERT WITH CHECK (
  (SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()) AND saved_by = (SELECT ctx.person_id()));
CREATE POLICY land_edits ON portal.service_fact FOR UPDATE
  USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land' AND saved_by = (SELECT ctx.person_id()));
GRANT SELECT, INSERT ON portal.service_fact TO portal_app;
GRANT UPDATE (value, checked_on, address, saved_by, saved_at, withdrawn_at, version) ON portal.service_fact TO portal_app;
COMMIT;
