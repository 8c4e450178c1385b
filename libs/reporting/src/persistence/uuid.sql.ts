/** The instant that an id was made at, in SQL: a UUIDv7 begins with its milliseconds. */
export const timeOfId = (id: string): string => `to_timestamp(${millisecondsOf(id)} / 1000::float8)`;

/** The hour that an id was made in. */
export const hourOfId = (id: string): string => `to_timestamp(${millisecondsOf(id)} / 3600000 * 3600)`;

const millisecondsOf = (id: string): string => `('x' || left(replace(${id}::text, '-', ''), 12))::bit(48)::bigint`;
