import fc from "fast-check";

/** The same chance in each run, so that a change alone makes a test fail; `PLUSONE_SEED=$RANDOM npm test` tries another. */
fc.configureGlobal({ seed: Number(process.env["PLUSONE_SEED"] ?? 20_261_128) });
