// Prints the plain count of a test run's JSON report.
import { readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(file, "utf8"));
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`);
  process.exitCode = numFailedTests > 0 || numPassedTests === 0 ? 1 : 0;
} catch (error) {
  console.error(`The tests left no report: ${error.message}`);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}
