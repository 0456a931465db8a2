/** Somebody in the terminal's chat. */
export interface Person {
  /** What a line may begin with to speak as them: latin, lower case. */
  readonly id: string;
  readonly name: string;
  /** Runs the chat. */
  readonly leader: boolean;
}

/** Who is there from the beginning. `/as` brings others. */
export const PEOPLE: readonly Person[] = [
  { id: "lin", name: "Lin", leader: true },
  { id: "wang", name: "王姐", leader: false },
  { id: "alex", name: "Alex", leader: false },
  { id: "chen", name: "陳太", leader: false },
];

/** The person of this id or name, however it is written. */
export function findPerson(people: Iterable<Person>, called: string): Person | undefined {
  const wanted = called.trim().toLowerCase();
  for (const person of people) if (person.id === wanted || person.name.toLowerCase() === wanted) return person;
  return undefined;
}
