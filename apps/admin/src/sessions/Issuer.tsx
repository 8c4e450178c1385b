import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { countryName, countryWords } from '../format/country';
import type { Fact } from '../ui/Facts';
import { sessionsWith } from './sessions-with';
import type { SessionLine } from './types';
import { CARD_TYPE_NAMES } from './words';

const Named = styled(Link)(({ theme }) => ({
  color: 'inherit',
  textUnderlineOffset: 3,
  textDecorationColor: theme.tokens.lineStrong,
}));

/** Leads to the sessions of the issuer. */
const nameOf = (issuer: string) => (
  <Named key="issuer" to={sessionsWith({ issuer: [issuer] })}>
    {issuer}
  </Named>
);

type IssuerFacts = Pick<SessionLine, 'bin' | 'issuer' | 'issuer_country' | 'card_type'>;

/** Whose a card is and of what kind, as far as its BIN tells, in a line; nothing where there is no card. */
export function Issuer({
  session: { bin, issuer, issuer_country: country, card_type: type },
}: {
  readonly session: IssuerFacts;
}) {
  if (bin === null) return null;
  return (
    <span>
      {issuer === null ? 'Issuer not known' : nameOf(issuer)}
      {country !== null && ` · ${countryName(country)}`}
      {type !== null && ` · ${CARD_TYPE_NAMES[type]}`}
    </span>
  );
}

const UNKNOWN = 'Not known';

/** The same one by one, and what of it is not known. */
export function issuerFacts({ bin, issuer, issuer_country: country, card_type: type }: IssuerFacts): readonly Fact[] {
  if (bin === null) return [];
  return [
    ['Issuer', issuer === null ? UNKNOWN : nameOf(issuer)],
    ['Issuer country', country === null ? UNKNOWN : countryWords(country)],
    ['Kind of card', type === null ? UNKNOWN : CARD_TYPE_NAMES[type]],
  ];
}
