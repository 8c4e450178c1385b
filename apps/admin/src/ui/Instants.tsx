import { aroundInstants } from '../format/time';
import { Time } from './Time';

/** A text in which instants may stand: they are told like every other time. */
export function Instants({ children: text }: { readonly children: string }) {
  return aroundInstants(text).map((part, index) => (index % 2 === 0 ? part : <Time key={index} at={part} as="full" />));
}
