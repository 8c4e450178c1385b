/** `operator.signed_in` as people say it: Operator signed in. */
export const actWords = (act: string): string =>
  act.replaceAll(/[._]/g, ' ').replace(/^./, (first) => first.toUpperCase());
