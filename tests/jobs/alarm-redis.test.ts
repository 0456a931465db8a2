import { describeWith } from "../support/needs.ts";
import { alarmContract } from "./alarm-contract.ts";
import { redisServer } from "./queue-server.ts";

describeWith("redis", "the alarm on Redis", () => alarmContract(redisServer));
