/**
 * How the embedded server is set up, as `-c` arguments, so that an old data folder gets new settings.
 * Fit for a small machine that is doing other things too.
 */
export function serverArguments({ dataDir, port, durable }) {
  const settings = {
    listen_addresses: "127.0.0.1",
    // Socket paths are limited to about 100 characters, which a deep clone exceeds. TCP it is.
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "64MB",
    max_wal_size: "512MB",
    // Parallel queries share memory through /dev/shm, which containers keep tiny.
    max_parallel_workers_per_gather: 0,
    jit: "off",
    io_method: "sync",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    password_encryption: "scram-sha-256",
    // The log must never hold what a statement carried: no statement texts, no `DETAIL: Key (…)=(…)`.
    log_statement: "none",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_parameter_max_length: 0,
    log_checkpoints: "off",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", dataDir, "-p", String(port), ...flags];
}

/** How the folder is initialised: UTF-8 sorted by code point, the same on every machine. */
export function initialiseArguments({ dataDir, passwordFile, durable }) {
  return [
    `--pgdata=${dataDir}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
}
