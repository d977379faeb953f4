/**
 * One town in each state of the countries that have states here, two in each of the others, so that an address agrees with
 * itself: country, state, town, postal code, position and telephone. In patterns `#` is a digit and `?` a letter.
 */
export interface Place {
  readonly country: string;
  /** Where the country has none here, no state. */
  readonly state: State | undefined;
  readonly city: string;
  readonly postal: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Numbers that the country's authority keeps for fiction. */
  readonly phone: string;
}
export interface State {
  readonly country: string;
  readonly code: string;
  readonly name: string;
}

type Row = readonly [code: string, state: string, city: string, postal: string, latitude: number, longitude: number, areaCode: string];

const us: readonly Row[] = [
  ['AL', 'Alabama', 'Montgomery', '361', 32.37, -86.3, '334'],
  ['AK', 'Alaska', 'Juneau', '998', 58.3, -134.42, '907'],
  ['AZ', 'Arizona', 'Phoenix', '850', 33.45, -112.07, '602'],
  ['AR', 'Arkansas', 'Little Rock', '722', 34.75, -92.29, '501'],
  ['CA', 'California', 'Sacramento', '958', 38.58, -121.49, '916'],
  ['CO', 'Colorado', 'Denver', '802', 39.74, -104.99, '303'],
  ['CT', 'Connecticut', 'Hartford', '061', 41.76, -72.67, '860'],
  ['DE', 'Delaware', 'Dover', '199', 39.16, -75.52, '302'],
  ['DC', 'District of Columbia', 'Washington', '200', 38.91, -77.04, '202'],
  ['FL', 'Florida', 'Tallahassee', '323', 30.44, -84.28, '850'],
  ['GA', 'Georgia', 'Atlanta', '303', 33.75, -84.39, '404'],
  ['HI', 'Hawaii', 'Honolulu', '968', 21.31, -157.86, '808'],
  ['ID', 'Idaho', 'Boise', '837', 43.62, -116.2, '208'],
  ['IL', 'Illinois', 'Springfield', '627', 39.78, -89.65, '217'],
  ['IN', 'Indiana', 'Indianapolis', '462', 39.77, -86.16, '317'],
  ['IA', 'Iowa', 'Des Moines', '503', 41.59, -93.62, '515'],
  ['KS', 'Kansas', 'Topeka', '666', 39.05, -95.68, '785'],
  ['KY', 'Kentucky', 'Frankfort', '406', 38.2, -84.87, '502'],
  ['LA', 'Louisiana', 'Baton Rouge', '708', 30.45, -91.15, '225'],
  ['ME', 'Maine', 'Augusta', '043', 44.31, -69.78, '207'],
  ['MD', 'Maryland', 'Annapolis', '214', 38.98, -76.49, '410'],
  ['MA', 'Massachusetts', 'Boston', '021', 42.36, -71.06, '617'],
  ['MI', 'Michigan', 'Lansing', '489', 42.73, -84.56, '517'],
  ['MN', 'Minnesota', 'Saint Paul', '551', 44.95, -93.09, '651'],
  ['MS', 'Mississippi', 'Jackson', '392', 32.3, -90.18, '601'],
  ['MO', 'Missouri', 'Jefferson City', '651', 38.58, -92.17, '573'],
  ['MT', 'Montana', 'Helena', '596', 46.59, -112.04, '406'],
  ['NE', 'Nebraska', 'Lincoln', '685', 40.81, -96.7, '402'],
  ['NV', 'Nevada', 'Carson City', '897', 39.16, -119.77, '775'],
  ['NH', 'New Hampshire', 'Concord', '033', 43.21, -71.54, '603'],
  ['NJ', 'New Jersey', 'Trenton', '086', 40.22, -74.76, '609'],
  ['NM', 'New Mexico', 'Santa Fe', '875', 35.69, -105.94, '505'],
  ['NY', 'New York', 'Albany', '122', 42.65, -73.76, '518'],
  ['NC', 'North Carolina', 'Raleigh', '276', 35.78, -78.64, '919'],
  ['ND', 'North Dakota', 'Bismarck', '585', 46.81, -100.78, '701'],
  ['OH', 'Ohio', 'Columbus', '432', 39.96, -83, '614'],
  ['OK', 'Oklahoma', 'Oklahoma City', '731', 35.47, -97.52, '405'],
  ['OR', 'Oregon', 'Salem', '973', 44.94, -123.04, '503'],
  ['PA', 'Pennsylvania', 'Harrisburg', '171', 40.27, -76.88, '717'],
  ['RI', 'Rhode Island', 'Providence', '029', 41.82, -71.41, '401'],
  ['SC', 'South Carolina', 'Columbia', '292', 34, -81.03, '803'],
  ['SD', 'South Dakota', 'Pierre', '575', 44.37, -100.35, '605'],
  ['TN', 'Tennessee', 'Nashville', '372', 36.16, -86.78, '615'],
  ['TX', 'Texas', 'Austin', '787', 30.27, -97.74, '512'],
  ['UT', 'Utah', 'Salt Lake City', '841', 40.76, -111.89, '801'],
  ['VT', 'Vermont', 'Montpelier', '056', 44.26, -72.58, '802'],
  ['VA', 'Virginia', 'Richmond', '232', 37.54, -77.44, '804'],
  ['WA', 'Washington', 'Olympia', '985', 47.04, -122.9, '360'],
  ['WV', 'West Virginia', 'Charleston', '253', 38.35, -81.63, '304'],
  ['WI', 'Wisconsin', 'Madison', '537', 43.07, -89.4, '608'],
  ['WY', 'Wyoming', 'Cheyenne', '820', 41.14, -104.82, '307'],
];
const canada: readonly Row[] = [
  ['AB', 'Alberta', 'Edmonton', 'T5J', 53.55, -113.49, '780'],
  ['BC', 'British Columbia', 'Victoria', 'V8W', 48.43, -123.37, '250'],
  ['MB', 'Manitoba', 'Winnipeg', 'R3C', 49.9, -97.14, '204'],
  ['NB', 'New Brunswick', 'Fredericton', 'E3B', 45.96, -66.64, '506'],
  ['NL', 'Newfoundland and Labrador', 'St. John’s', 'A1C', 47.56, -52.71, '709'],
  ['NS', 'Nova Scotia', 'Halifax', 'B3J', 44.65, -63.58, '902'],
  ['ON', 'Ontario', 'Toronto', 'M5H', 43.65, -79.38, '416'],
  ['PE', 'Prince Edward Island', 'Charlottetown', 'C1A', 46.24, -63.13, '902'],
  ['QC', 'Quebec', 'Quebec City', 'G1R', 46.81, -71.21, '418'],
  ['SK', 'Saskatchewan', 'Regina', 'S4P', 50.45, -104.62, '306'],
];

type Town = readonly [country: string, city: string, postal: string, latitude: number, longitude: number, phone: string];

// Japan, Mexico and New Zealand keep no numbers for fiction: their contacts have American ones.
const elsewhere: readonly Town[] = [
  ['AU', 'Sydney', '20##', -33.87, 151.21, '(02) 5550 ####'],
  ['AU', 'Melbourne', '30##', -37.81, 144.96, '(03) 7010 ####'],
  ['FR', 'Paris', '750##', 48.86, 2.35, '01 99 00 ## ##'],
  ['FR', 'Marseille', '130##', 43.3, 5.37, '04 65 71 ## ##'],
  ['DE', 'Berlin', '101##', 52.52, 13.4, '030 23125 ###'],
  ['DE', 'München', '803##', 48.14, 11.58, '089 99998 ###'],
  ['IE', 'Dublin', 'D02 ?###', 53.35, -6.26, '020 91# ####'],
  ['IE', 'Cork', 'T12 ?###', 51.9, -8.47, '020 91# ####'],
  ['JP', 'Tōkyō', '100-00##', 35.68, 139.69, '(808) 555-01##'],
  ['JP', 'Ōsaka', '530-00##', 34.69, 135.5, '(808) 555-01##'],
  ['MX', 'Ciudad de México', '06###', 19.43, -99.13, '(915) 555-01##'],
  ['MX', 'Mérida', '970##', 20.97, -89.62, '(915) 555-01##'],
  ['NZ', 'Auckland', '10##', -36.85, 174.76, '(808) 555-01##'],
  ['NZ', 'Wellington', '60##', -41.29, 174.78, '(808) 555-01##'],
  ['GB', 'London', 'EC1A #??', 51.51, -0.13, '020 7946 0###'],
  ['GB', 'Edinburgh', 'EH1 #??', 55.95, -3.19, '0131 496 0###'],
];

/** 555-0100 to 555-0199 belong to no one, in any area of North America. */
const inStates = (country: string, rows: readonly Row[], rest: string): Place[] =>
  rows.map(([code, name, city, postal, latitude, longitude, areaCode]) => ({
    country,
    state: { country, code, name },
    city,
    postal: postal + rest,
    latitude,
    longitude,
    phone: `(${areaCode}) 555-01##`,
  }));

const places: readonly Place[] = Object.freeze([
  ...inStates('US', us, '##'),
  ...inStates('CA', canada, ' #?#'),
  ...elsewhere.map(([country, city, postal, latitude, longitude, phone]) => ({
    country,
    state: undefined,
    city,
    postal,
    latitude,
    longitude,
    phone,
  })),
]);

export const states: readonly State[] = Object.freeze(places.flatMap(({ state }) => state ?? []));

export const countries = Object.freeze([
  { name: 'United States of America', code: 'US' },
  { name: 'Canada', code: 'CA' },
  { name: 'Australia', code: 'AU' },
  { name: 'France', code: 'FR' },
  { name: 'Germany', code: 'DE' },
  { name: 'Ireland', code: 'IE' },
  { name: 'Japan', code: 'JP' },
  { name: 'Mexico', code: 'MX' },
  { name: 'New Zealand', code: 'NZ' },
  { name: 'United Kingdom', code: 'GB' },
] as const);

const SHARES: readonly string[] = countries.flatMap(({ code }) => Array<string>({ US: 13, CA: 3 }[code as string] ?? 1).fill(code));
const choices = new Map(countries.map(({ code }) => [code as string, places.filter(({ country }) => country === code)]));
/** A place by a 32-bit number: of 24 contacts 13 live in the United States, 3 in Canada, one in each of the other countries. */
export function placeAt(word: number): Place {
  const towns = choices.get(SHARES[word % SHARES.length]!)!;
  return towns[Math.floor(word / SHARES.length) % towns.length]!;
}
