/** Of whole numbers: amounts in minor units, quantities in thousandths. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
