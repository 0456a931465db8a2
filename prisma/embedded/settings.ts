/** PostgreSQL's settings by name, as in postgresql.conf. */
export type Settings = Readonly<Record<string, string>>;

/**
 * Fit for a machine of 1 GB that runs Plusone beside it. Durability is PostgreSQL's own default and named here because we
 * promise it. They are given on the command line, so a newer Plusone can change them.
 */
export const defaultSettings: Settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "128MB",
  max_wal_size: "512MB",

  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",

  // Nobody replicates from here.
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",

  // Our queries are small; helpers would cost memory, processes, and /dev/shm, which is 64 MB in a container.
  max_parallel_workers_per_gather: "0",
  max_parallel_maintenance_workers: "0",
  io_method: "sync",
  huge_pages: "off",
  jit: "off",

  timezone: "UTC",
  lc_messages: "C",

  // `log` leaves out errors of single statements: Plusone logs those itself, and PostgreSQL would quote people's texts.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  log_autovacuum_min_duration: "-1",
};
