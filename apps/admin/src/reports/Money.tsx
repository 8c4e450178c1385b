import { Link } from 'react-router-dom';
import { money as amountIn } from '../format/money';
import { Facts } from '../ui/Facts';
import { Linked } from '../ui/Linked';
import { rowsCounted, type ReportAddress } from './report-address';
import type { Summary } from './types';
import { count } from './words';

interface MoneyProps {
  readonly money: Summary['money'];
  readonly address: ReportAddress;
}

/** What was to be authenticated and what was, of each currency; every sum leads to the sessions that are in it. */
export function Money({ money, address }: MoneyProps) {
  return (
    <Facts
      facts={money.map(({ currency, amount, approved_amount: approved, sessions }) => {
        const own = { ...address, filter: { ...address.filter, currency: [currency] } };
        return [
          `${currency} · ${count(sessions)} sessions`,
          <Linked key={currency}>
            <Link to={rowsCounted(own, ['approved'])}>{amountIn({ amountMinor: approved, currency })}</Link>
            {' approved of '}
            <Link to={rowsCounted(own, ['sessions'])}>{amountIn({ amountMinor: amount, currency })}</Link>
          </Linked>,
        ];
      })}
    />
  );
}
