package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// uuids lets ids travel as the sixteen bytes that they are, on their own and in arrays. To pgx a uuid.UUID is something that
// reads and writes database/sql's text: each id of a page was printed and parsed on the way.
type uuids struct{ pgtype.UUIDCodec }

// knowUUIDs teaches a connection to carry ids as bytes.
func knowUUIDs(_ context.Context, conn *pgx.Conn) error {
	one := &pgtype.Type{Name: "uuid", OID: pgtype.UUIDOID, Codec: uuids{}}
	conn.TypeMap().RegisterType(one)
	conn.TypeMap().RegisterType(&pgtype.Type{Name: "_uuid", OID: pgtype.UUIDArrayOID, Codec: &pgtype.ArrayCodec{ElementType: one}})
	return nil
}

// PlanEncode sends a uuid.UUID as its bytes and leaves everything else to pgx.
func (c uuids) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.(uuid.UUID); ok && format == pgtype.BinaryFormatCode {
		return toBytes{}
	}
	return c.UUIDCodec.PlanEncode(m, oid, format, value)
}

// PlanScan reads bytes into a uuid.UUID and leaves everything else to pgx.
func (c uuids) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if _, ok := target.(*uuid.UUID); ok && format == pgtype.BinaryFormatCode {
		return fromBytes{}
	}
	return c.UUIDCodec.PlanScan(m, oid, format, target)
}

type toBytes struct{}

func (toBytes) Encode(value any, buf []byte) ([]byte, error) {
	id := value.(uuid.UUID)
	return append(buf, id[:]...), nil
}

type fromBytes struct{}

// Scan leaves no id where the database has none, as uuid.UUID does when it reads text.
func (fromBytes) Scan(src []byte, target any) error {
	id := target.(*uuid.UUID)
	if src == nil {
		*id = uuid.Nil
		return nil
	}
	return id.UnmarshalBinary(src)
}
