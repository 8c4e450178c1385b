import { useStore } from 'react-admin';
import { BROWSER_ZONE, type TimeZone } from '../format/time';

/** The time zone that the operator chose, kept in this browser; and how to choose another. */
export function useTimeZone(): [TimeZone, (zone: TimeZone) => void] {
  return useStore<TimeZone>('timeZone', BROWSER_ZONE);
}
