import { describe } from "vitest";
import { alarmContract } from "./alarm-contract.ts";
import { postgresServer } from "./queue-server.ts";

describe("the alarm on PostgreSQL", () => alarmContract(postgresServer));
