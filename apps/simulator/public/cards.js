/** The card picker: every listed card, grouped by outcome, searchable; typing a number works as well. */
import { SCHEME_NAMES, groupOf, toneOf } from './words.js';

const byId = (id) => document.getElementById(id);

const FILTERS = [
  ['All', () => true],
  ['At once', (card) => card.flow === 'frictionless' && !card.reason],
  ['Challenge', (card) => card.flow === 'challenge'],
  ['Errors', (card) => Boolean(card.reason)],
];

/** 4-4-4-4, or 4-6-5 for fifteen digits and 4-6-4 for fourteen. */
export function formatNumber(text) {
  const digits = text.replace(/\D/g, '').slice(0, 19);
  const cut = /^3[47]/.test(digits) || /^3(0[0-5]|[689])/.test(digits) ? [4, 6, 9] : [4, 4, 4, 7];
  const parts = [];
  let at = 0;
  for (const length of cut) {
    if (at < digits.length) parts.push(digits.slice(at, at + length));
    at += length;
  }
  return parts.join(' ');
}

function isValid(digits) {
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, char, index) => {
    const value = Number(char) * (index % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function row(card) {
  const label = document.createElement('label');
  label.className = 'card-row';
  const radio = document.createElement('input');
  Object.assign(radio, { type: 'radio', name: 'card', value: card.number });
  radio.dataset.testid = `card-${card.number}`;
  const scheme = document.createElement('span');
  scheme.className = `scheme scheme-${card.scheme}`;
  scheme.textContent = SCHEME_NAMES[card.scheme];
  const number = document.createElement('span');
  number.className = 'number';
  number.textContent = formatNumber(card.number);
  label.append(radio, scheme, number);
  if (!card.methodUrl && card.flow !== 'none') {
    const note = document.createElement('span');
    note.className = 'note';
    note.textContent = 'no 3DS Method';
    label.append(note);
  }
  return label;
}

/** Builds the picker. Returns `read()`: the chosen card as the order needs it, or throws an Error with words. */
export function createPicker(cards) {
  const list = byId('card-list');
  const number = byId('number');
  const expiry = byId('expiry');
  const known = new Map(cards.map((card) => [card.number, card]));
  let filter = FILTERS[0];

  const groups = new Map();
  for (const card of cards) {
    const name = groupOf(card);
    if (!groups.has(name)) {
      const section = document.createElement('div');
      section.className = 'card-group';
      section.setAttribute('role', 'group');
      section.setAttribute('aria-label', name);
      const heading = document.createElement('p');
      heading.className = 'group-name';
      heading.dataset.tone = toneOf(card);
      heading.textContent = name;
      section.append(heading);
      groups.set(name, { section, rows: [] });
    }
    const element = row(card);
    groups.get(name).rows.push({
      card,
      element,
      text: ` ${name} ${card.scheme} ${SCHEME_NAMES[card.scheme]} ${card.reason ?? ''} ${card.methodUrl ? '' : 'no 3ds method'}`.toLowerCase(),
    });
    groups.get(name).section.append(element);
  }
  list.replaceChildren(...[...groups.values()].map((group) => group.section));

  const narrow = () => {
    const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { section, rows } of groups.values()) {
      let here = 0;
      for (const { card, element, text } of rows) {
        const digits = words.filter((word) => /^\d+$/.test(word));
        const rest = words.filter((word) => !/^\d+$/.test(word));
        const fits =
          filter[1](card) &&
          rest.every((word) => text.includes(` ${word}`)) &&
          (digits.length === 0 || card.number.includes(digits.join('')));
        element.hidden = !fits;
        if (fits) here += 1;
      }
      section.hidden = here === 0;
      shown += here;
    }
    byId('no-cards').hidden = shown > 0;
    list.hidden = shown === 0;
  };

  byId('chips').replaceChildren(
    ...FILTERS.map((entry) => {
      const chip = document.createElement('button');
      chip.type = 'button';
      chip.className = 'chip';
      chip.textContent = entry[0];
      chip.setAttribute('aria-pressed', String(entry === filter));
      chip.addEventListener('click', () => {
        filter = entry;
        for (const other of byId('chips').children) other.setAttribute('aria-pressed', String(other === chip));
        narrow();
      });
      return chip;
    }),
  );
  byId('search').addEventListener('input', narrow);

  const describe = () => {
    const digits = number.value.replace(/\D/g, '');
    const card = known.get(digits);
    const radio = list.querySelector(`input[value="${digits}"]`);
    for (const other of list.querySelectorAll('input')) other.checked = other === radio;
    if (radio && radio !== document.activeElement) {
      const { offsetTop, offsetHeight } = radio.closest('.card-row');
      const isInView =
        offsetTop >= list.scrollTop + 34 && offsetTop + offsetHeight <= list.scrollTop + list.clientHeight;
      if (!isInView) list.scrollTop = offsetTop - 34;
    }
    const field = byId('scheme-field');
    field.hidden = card?.scheme !== 'cartes_bancaires';
    if (!field.hidden) {
      const partner = digits.startsWith('4') ? ['visa', 'Visa'] : ['mastercard', 'Mastercard'];
      const options = [['cartes_bancaires', 'Cartes Bancaires'], partner].map(
        ([value, text]) => new Option(text, value),
      );
      byId('scheme').replaceChildren(...options);
    }
    const hint = byId('number-hint');
    hint.dataset.tone = '';
    if (card) hint.textContent = `${groupOf(card)}.`;
    else if (digits.length < 13) hint.textContent = '';
    else if (isValid(digits)) hint.textContent = 'Not in the list: approved at once.';
    else {
      hint.textContent = 'Not a card number: its check digit does not fit.';
      hint.dataset.tone = 'bad';
    }
  };
  const choose = (digits) => {
    number.value = formatNumber(digits);
    describe();
  };
  list.addEventListener('change', (event) => choose(event.target.value));
  number.addEventListener('input', () => {
    const atEnd = number.selectionStart === number.value.length;
    if (atEnd) number.value = formatNumber(number.value);
    describe();
  });
  expiry.addEventListener('input', () => {
    const digits = expiry.value.replace(/\D/g, '').slice(0, 4);
    expiry.value = digits.length > 2 ? `${digits.slice(0, 2)}/${digits.slice(2)}` : digits;
  });

  expiry.value = `12/${String(new Date().getFullYear() + 4).slice(-2)}`;
  choose('4485040371536584');
  narrow();

  return {
    read() {
      const digits = number.value.replace(/\D/g, '');
      if (!isValid(digits)) throw new Error('Enter a valid card number, or pick one from the list.');
      const [, month, year] = /^(0[1-9]|1[0-2])\/(\d{2})$/.exec(expiry.value) ?? [];
      if (!month) throw new Error('Enter the expiry as MM/YY.');
      return {
        number: digits,
        expiry_month: Number(month),
        expiry_year: 2000 + Number(year),
        ...(byId('scheme-field').hidden ? {} : { scheme: byId('scheme').value }),
      };
    },
  };
}
