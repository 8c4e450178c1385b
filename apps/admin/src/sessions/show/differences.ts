/** A message's members as paths and texts: `acctInfo.chAccAgeInd`. */
export type Flat = ReadonlyMap<string, string>;

/** How a member of a message compares with the same of another session. */
export interface Difference {
  readonly name: string;
  readonly here: string | null;
  readonly there: string | null;
  readonly kind: 'same' | 'changed' | 'only_here' | 'only_there';
}

/** What a JSON object says, member by member. Lists stay as they are. */
export function flat(body: object, before = ''): Flat {
  return new Map(
    Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [...flat(value, `${before}${name}.`)]
        : [[`${before}${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const],
    ),
  );
}

/** Members that say which transaction it is, and so are never the same. */
const OF_ITS_OWN =
  /(TransID|purchaseDate|purchaseAmount|threeDSServerURL|acsURL|authenticationValue|session_?id|reference|^id|_at)$/i;

/** All members of both, those of this session first, in its order. */
export function differences(here: Flat, there: Flat): readonly Difference[] {
  const names = [...new Set([...here.keys(), ...there.keys()])];
  return names.map((name) => {
    const [one, other] = [here.get(name) ?? null, there.get(name) ?? null];
    const kind = one === other ? 'same' : other === null ? 'only_here' : one === null ? 'only_there' : 'changed';
    return { name, here: one, there: other, kind };
  });
}

/** Whether a difference may say why it went otherwise. */
export const isTelling = ({ name, kind }: Difference): boolean => kind !== 'same' && !OF_ITS_OWN.test(name);
