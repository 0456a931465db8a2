import type { Client } from "pg";

/** One line for everything that Prisma's schema can say about a database: columns, keys, indexes, enums. */
export async function catalogue(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(queries.join("\nUNION ALL\n"));
  return rows.map(({ line }) => line).sort();
}

const ours = "n.nspname = 'public' AND c.relname <> '_prisma_migrations'";

const queries = [
  `SELECT format('column %s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
      CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' THEN ' generated' ELSE '' END) AS line
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND ${ours}`,
  // 'c' and 'n', CHECK and NOT NULL, are left out: Prisma has no CHECK, and NOT NULL stands at the column.
  `SELECT format('constraint %s on %s: %s', k.conname, c.relname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE k.contype IN ('p', 'u', 'f') AND ${ours}`,
  // Prisma knows no conditions and expressions in indexes; the migrations may add such.
  `SELECT format('index %s', pg_get_indexdef(i.indexrelid))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE i.indpred IS NULL AND i.indexprs IS NULL AND ${ours}`,
  `SELECT format('enum %s %s', t.typname, string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder))
    FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = 'public' GROUP BY t.typname`,
];
