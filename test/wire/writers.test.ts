/** What the writers of JSON, JSV and CSV write: ServiceStack.Text 10.5 was asked for each of these values. */
import { describe, expect, test } from 'vitest';
import { type Dto, dto } from '../../src/contract/dto.ts';
import { bool, dateTime, decimal, double, enumeration, guid, int, list, long, map, object, string } from '../../src/contract/field.ts';
import { decode, encode, encodeList, type Format } from '../../src/wire/codec.ts';
import { EncodeError } from '../../src/wire/error.ts';
import type { SerializerSettings, WireProfile } from '../../src/wire/profile.ts';
import { parseXml, type XmlElement } from '../../src/wire/xml/tree.ts';

const Inner = dto('Inner', { ns: 'urn:a' }, { A: string(), B: int() }) as unknown as Dto;
const Sample = dto(
  'Sample',
  { ns: 'urn:a' },
  {
    Text: string(),
    URLOf: string(),
    DistrictID: int(),
    Flag: bool(),
    Id: guid(),
    Maybe: guid().nullable(),
    At: dateTime(),
    Color: enumeration('Color', ['Red', 'Green', 'Blue', 'Grey']),
    Inner: object(() => Inner),
    Items: list(object(() => Inner)),
    Texts: list(string()),
    Map: map(),
    Big: long(),
    Money: decimal(),
    Real: double(),
  },
) as unknown as Dto;
const ID = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const VALUES = {
  full: {
    Text: 'a"b,c',
    URLOf: 'x',
    DistrictID: 7,
    Flag: true,
    Id: ID,
    Maybe: ID,
    At: '2024-05-06T07:08:09.12Z',
    Color: 'Blue',
    Inner: { A: 'x', B: 1 },
    Items: [{ A: 'y' }, null, { B: 2 }],
    Texts: ['p', null, '', 'q,r'],
    Map: { k: 'v', n: null, 'a b': '' },
    Big: '9007199254740993',
    Money: '1.50',
    Real: 0.5,
  },
  empty: {},
  zero: { Text: '', Items: [], Texts: [], Map: {}, Inner: {} },
};
const PROFILE: WireProfile = {
  guid: 'N',
  nullableGuid: 'N',
  isZeroGuidLeftOut: false,
  date: 'iso',
  assembly: 'net3',
  nulls: 'omitted',
};
const write = (of: Dto, value: object, format: Format, settings: Partial<SerializerSettings> = {}): string =>
  encode(of, value, { format, profile: { ...PROFILE, ...settings } });
const only = (members: Parameters<typeof dto>[2]): Dto => dto('Only', { ns: 'urn:a' }, members) as unknown as Dto;

describe.each<[Partial<SerializerSettings>, keyof typeof VALUES, Partial<Record<Format, string>>]>([
  [
    {},
    'full',
    {
      json: '{"Text":"a\\"b,c","URLOf":"x","DistrictID":7,"Flag":true,"Id":"7d4448409dc011d1b2455ffdce74fad2","Maybe":"7d4448409dc011d1b2455ffdce74fad2","At":"2024-05-06T07:08:09.1200000Z","Color":"Blue","Inner":{"A":"x","B":1},"Items":[{"A":"y","B":0},{},{"B":2}],"Texts":["p",null,"","q,r"],"Map":{"k":"v","a b":""},"Big":9007199254740993,"Money":1.50,"Real":0.5}',
      jsv: '{Text:"a""b,c",URLOf:x,DistrictID:7,Flag:True,Id:7d4448409dc011d1b2455ffdce74fad2,Maybe:7d4448409dc011d1b2455ffdce74fad2,At:2024-05-06T07:08:09.1200000Z,Color:Blue,Inner:{A:x,B:1},Items:[{A:y,B:0},{},{B:2}],Texts:[p,,"","q,r"],Map:{k:v,a b:""},Big:9007199254740993,Money:1.50,Real:0.5}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n"a""b,c",x,7,True,7d4448409dc011d1b2455ffdce74fad2,7d4448409dc011d1b2455ffdce74fad2,2024-05-06T07:08:09.1200000Z,Blue,"{A:x,B:1}","[{A:y,B:0},{},{B:2}]","[p,,"""",""q,r""]","{k:v,a b:""""}",9007199254740993,1.50,0.5\r\n',
    },
  ],
  [
    {},
    'empty',
    {
      json: '{"DistrictID":0,"Flag":false,"Id":"00000000000000000000000000000000","At":"0001-01-01T00:00:00.0000000","Color":"Red","Big":0,"Money":0,"Real":0}',
      jsv: '{DistrictID:0,Flag:False,Id:00000000000000000000000000000000,At:0001-01-01,Color:Red,Big:0,Money:0,Real:0}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n,,0,False,00000000000000000000000000000000,,0001-01-01,Red,,,,,0,0,0\r\n',
    },
  ],
  [
    {},
    'zero',
    {
      json: '{"Text":"","DistrictID":0,"Flag":false,"Id":"00000000000000000000000000000000","At":"0001-01-01T00:00:00.0000000","Color":"Red","Inner":{"B":0},"Items":[],"Texts":[],"Map":{},"Big":0,"Money":0,"Real":0}',
      jsv: '{Text:"",DistrictID:0,Flag:False,Id:00000000000000000000000000000000,At:0001-01-01,Color:Red,Inner:{B:0},Items:[],Texts:[],Map:{},Big:0,Money:0,Real:0}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n,,0,False,00000000000000000000000000000000,,0001-01-01,Red,"{B:0}","[]","[]","{}",0,0,0\r\n',
    },
  ],
  [
    { nulls: 'written' },
    'full',
    {
      json: '{"Text":"a\\"b,c","URLOf":"x","DistrictID":7,"Flag":true,"Id":"7d4448409dc011d1b2455ffdce74fad2","Maybe":"7d4448409dc011d1b2455ffdce74fad2","At":"2024-05-06T07:08:09.1200000Z","Color":"Blue","Inner":{"A":"x","B":1},"Items":[{"A":"y","B":0},{},{"A":null,"B":2}],"Texts":["p",null,"","q,r"],"Map":{"k":"v","a b":""},"Big":9007199254740993,"Money":1.50,"Real":0.5}',
    },
  ],
  [
    { nulls: 'written' },
    'empty',
    {
      json: '{"Text":null,"URLOf":null,"DistrictID":0,"Flag":false,"Id":"00000000000000000000000000000000","Maybe":null,"At":"0001-01-01T00:00:00.0000000","Color":"Red","Inner":null,"Items":null,"Texts":null,"Map":null,"Big":0,"Money":0,"Real":0}',
    },
  ],
  [
    { nulls: 'written' },
    'zero',
    {
      json: '{"Text":"","URLOf":null,"DistrictID":0,"Flag":false,"Id":"00000000000000000000000000000000","Maybe":null,"At":"0001-01-01T00:00:00.0000000","Color":"Red","Inner":{"A":null,"B":0},"Items":[],"Texts":[],"Map":{},"Big":0,"Money":0,"Real":0}',
    },
  ],
  [
    { textCase: 'camel' },
    'full',
    {
      json: '{"text":"a\\"b,c","urlOf":"x","districtID":7,"flag":true,"id":"7d4448409dc011d1b2455ffdce74fad2","maybe":"7d4448409dc011d1b2455ffdce74fad2","at":"2024-05-06T07:08:09.1200000Z","color":"Blue","inner":{"a":"x","b":1},"items":[{"a":"y","b":0},{},{"b":2}],"texts":["p",null,"","q,r"],"map":{"k":"v","a b":""},"big":9007199254740993,"money":1.50,"real":0.5}',
      jsv: '{text:"a""b,c",urlOf:x,districtID:7,flag:True,id:7d4448409dc011d1b2455ffdce74fad2,maybe:7d4448409dc011d1b2455ffdce74fad2,at:2024-05-06T07:08:09.1200000Z,color:Blue,inner:{a:x,b:1},items:[{a:y,b:0},{},{b:2}],texts:[p,,"","q,r"],map:{k:v,a b:""},big:9007199254740993,money:1.50,real:0.5}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n"a""b,c",x,7,True,7d4448409dc011d1b2455ffdce74fad2,7d4448409dc011d1b2455ffdce74fad2,2024-05-06T07:08:09.1200000Z,Blue,"{a:x,b:1}","[{a:y,b:0},{},{b:2}]","[p,,"""",""q,r""]","{k:v,a b:""""}",9007199254740993,1.50,0.5\r\n',
    },
  ],
  [
    { textCase: 'snake' },
    'full',
    {
      json: '{"text":"a\\"b,c","url_of":"x","district_i_d":7,"flag":true,"id":"7d4448409dc011d1b2455ffdce74fad2","maybe":"7d4448409dc011d1b2455ffdce74fad2","at":"2024-05-06T07:08:09.1200000Z","color":"Blue","inner":{"a":"x","b":1},"items":[{"a":"y","b":0},{},{"b":2}],"texts":["p",null,"","q,r"],"map":{"k":"v","a b":""},"big":9007199254740993,"money":1.50,"real":0.5}',
      jsv: '{text:"a""b,c",url_of:x,district_i_d:7,flag:True,id:7d4448409dc011d1b2455ffdce74fad2,maybe:7d4448409dc011d1b2455ffdce74fad2,at:2024-05-06T07:08:09.1200000Z,color:Blue,inner:{a:x,b:1},items:[{a:y,b:0},{},{b:2}],texts:[p,,"","q,r"],map:{k:v,a b:""},big:9007199254740993,money:1.50,real:0.5}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n"a""b,c",x,7,True,7d4448409dc011d1b2455ffdce74fad2,7d4448409dc011d1b2455ffdce74fad2,2024-05-06T07:08:09.1200000Z,Blue,"{a:x,b:1}","[{a:y,b:0},{},{b:2}]","[p,,"""",""q,r""]","{k:v,a b:""""}",9007199254740993,1.50,0.5\r\n',
    },
  ],
  [
    { isDefaultOmitted: true },
    'full',
    {
      json: '{"Text":"a\\"b,c","URLOf":"x","DistrictID":7,"Flag":true,"Id":"7d4448409dc011d1b2455ffdce74fad2","Maybe":"7d4448409dc011d1b2455ffdce74fad2","At":"2024-05-06T07:08:09.1200000Z","Color":"Blue","Inner":{"A":"x","B":1},"Items":[{"A":"y"},{},{"B":2}],"Texts":["p",null,"","q,r"],"Map":{"k":"v","a b":""},"Big":9007199254740993,"Money":1.50,"Real":0.5}',
      jsv: '{Text:"a""b,c",URLOf:x,DistrictID:7,Flag:True,Id:7d4448409dc011d1b2455ffdce74fad2,Maybe:7d4448409dc011d1b2455ffdce74fad2,At:2024-05-06T07:08:09.1200000Z,Color:Blue,Inner:{A:x,B:1},Items:[{A:y},{},{B:2}],Texts:[p,,"","q,r"],Map:{k:v,a b:""},Big:9007199254740993,Money:1.50,Real:0.5}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n"a""b,c",x,7,True,7d4448409dc011d1b2455ffdce74fad2,7d4448409dc011d1b2455ffdce74fad2,2024-05-06T07:08:09.1200000Z,Blue,"{A:x,B:1}","[{A:y},{},{B:2}]","[p,,"""",""q,r""]","{k:v,a b:""""}",9007199254740993,1.50,0.5\r\n',
    },
  ],
  [
    { isDefaultOmitted: true },
    'empty',
    {
      json: '{"Color":"Red"}',
      jsv: '{Color:Red}',
      csv: '\r\n',
    },
  ],
  [
    { isDefaultOmitted: true },
    'zero',
    {
      json: '{"Text":"","Color":"Red","Inner":{},"Items":[],"Texts":[],"Map":{}}',
      jsv: '{Text:"",Color:Red,Inner:{},Items:[],Texts:[],Map:{}}',
      csv: 'Text,Inner,Items,Texts,Map\r\n,"{}","[]","[]","{}"\r\n',
    },
  ],
  [
    { isTyped: true },
    'full',
    {
      json: '{"__type":"Sample, net3","Text":"a\\"b,c","URLOf":"x","DistrictID":7,"Flag":true,"Id":"7d4448409dc011d1b2455ffdce74fad2","Maybe":"7d4448409dc011d1b2455ffdce74fad2","At":"2024-05-06T07:08:09.1200000Z","Color":"Blue","Inner":{"__type":"Inner, net3","A":"x","B":1},"Items":[{"__type":"Inner, net3","A":"y","B":0},{},{"__type":"Inner, net3","B":2}],"Texts":["p",null,"","q,r"],"Map":{"k":"v","a b":""},"Big":9007199254740993,"Money":1.50,"Real":0.5}',
      jsv: '{__type:"Sample, net3",Text:"a""b,c",URLOf:x,DistrictID:7,Flag:True,Id:7d4448409dc011d1b2455ffdce74fad2,Maybe:7d4448409dc011d1b2455ffdce74fad2,At:2024-05-06T07:08:09.1200000Z,Color:Blue,Inner:{__type:"Inner, net3",A:x,B:1},Items:[{__type:"Inner, net3",A:y,B:0},{},{__type:"Inner, net3",B:2}],Texts:[p,,"","q,r"],Map:{k:v,a b:""},Big:9007199254740993,Money:1.50,Real:0.5}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n"a""b,c",x,7,True,7d4448409dc011d1b2455ffdce74fad2,7d4448409dc011d1b2455ffdce74fad2,2024-05-06T07:08:09.1200000Z,Blue,"{__type:""Inner, net3"",A:x,B:1}","[{__type:""Inner, net3"",A:y,B:0},{},{__type:""Inner, net3"",B:2}]","[p,,"""",""q,r""]","{k:v,a b:""""}",9007199254740993,1.50,0.5\r\n',
    },
  ],
  [
    { isTyped: true },
    'empty',
    {
      json: '{"__type":"Sample, net3","DistrictID":0,"Flag":false,"Id":"00000000000000000000000000000000","At":"0001-01-01T00:00:00.0000000","Color":"Red","Big":0,"Money":0,"Real":0}',
      jsv: '{__type:"Sample, net3",DistrictID:0,Flag:False,Id:00000000000000000000000000000000,At:0001-01-01,Color:Red,Big:0,Money:0,Real:0}',
    },
  ],
  [
    { isTyped: true },
    'zero',
    {
      json: '{"__type":"Sample, net3","Text":"","DistrictID":0,"Flag":false,"Id":"00000000000000000000000000000000","At":"0001-01-01T00:00:00.0000000","Color":"Red","Inner":{"__type":"Inner, net3","B":0},"Items":[],"Texts":[],"Map":{},"Big":0,"Money":0,"Real":0}',
      jsv: '{__type:"Sample, net3",Text:"",DistrictID:0,Flag:False,Id:00000000000000000000000000000000,At:0001-01-01,Color:Red,Inner:{__type:"Inner, net3",B:0},Items:[],Texts:[],Map:{},Big:0,Money:0,Real:0}',
      csv: 'Text,URLOf,DistrictID,Flag,Id,Maybe,At,Color,Inner,Items,Texts,Map,Big,Money,Real\r\n,,0,False,00000000000000000000000000000000,,0001-01-01,Red,"{__type:""Inner, net3"",B:0}","[]","[]","{}",0,0,0\r\n',
    },
  ],
  [
    { isIndented: true },
    'full',
    {
      json: '{\n    "Text": "a\\"b,c",\n    "URLOf": "x",\n    "DistrictID": 7,\n    "Flag": true,\n    "Id": "7d4448409dc011d1b2455ffdce74fad2",\n    "Maybe": "7d4448409dc011d1b2455ffdce74fad2",\n    "At": "2024-05-06T07:08:09.1200000Z",\n    "Color": "Blue",\n    "Inner": {\n        "A": "x",\n        "B": 1\n    },\n    "Items": [\n        {\n            "A": "y",\n            "B": 0\n        },\n        {\n            \n        },\n        {\n            "B": 2\n        }\n    ],\n    "Texts": [\n        "p",\n        null,\n        "",\n        "q,r"\n    ],\n    "Map": {\n        "k": "v",\n        "a b": ""\n    },\n    "Big": 9007199254740993,\n    "Money": 1.50,\n    "Real": 0.5\n}',
    },
  ],
])('by %j the %s value', (settings, name, texts) => {
  test.each(Object.entries(texts))('in %s is %s', (format, text) => {
    expect(write(Sample, VALUES[name], format as Format, settings)).toBe(text);
  });
});

const DATES = [
  '2024-05-06T07:08:09',
  '2024-05-06T07:08:09.123Z',
  '2024-05-06T07:08:09.123+00:00',
  '2024-05-06T00:00:00',
  '2024-05-06T00:00:00Z',
  '0001-01-01T00:00:00',
  '1969-12-31T23:59:59.5Z',
  '2024-05-06T07:08:09.1234567',
];
test.each<[Partial<SerializerSettings>, string[], string[]]>([
  [
    { dateHandler: 'iso' },
    [
      '"2024-05-06T07:08:09.0000000"',
      '"2024-05-06T07:08:09.1230000Z"',
      '"2024-05-06T07:08:09.1230000+00:00"',
      '"2024-05-06T00:00:00.0000000"',
      '"2024-05-06T00:00:00.0000000Z"',
      '"0001-01-01T00:00:00.0000000"',
      '"1969-12-31T23:59:59.5000000Z"',
      '"2024-05-06T07:08:09.1234567"',
    ],
    [
      '2024-05-06T07:08:09+00:00',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567+00:00',
    ],
  ],
  [
    { dateHandler: 'wcf' },
    [
      '"\\/Date(1714979289000-0000)\\/"',
      '"\\/Date(1714979289123)\\/"',
      '"\\/Date(1714979289123+0000)\\/"',
      '"\\/Date(1714953600000-0000)\\/"',
      '"\\/Date(1714953600000)\\/"',
      '"\\/Date(-62135596800000-0000)\\/"',
      '"\\/Date(-500)\\/"',
      '"\\/Date(1714979289123-0000)\\/"',
    ],
    [
      '2024-05-06T07:08:09+00:00',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567+00:00',
    ],
  ],
  [
    { dateHandler: 'wcfLocal' },
    [
      '"\\/Date(1714979289000+0000)\\/"',
      '"\\/Date(1714979289123)\\/"',
      '"\\/Date(1714979289123+0000)\\/"',
      '"\\/Date(1714953600000+0000)\\/"',
      '"\\/Date(1714953600000)\\/"',
      '"\\/Date(-62135596800000+0000)\\/"',
      '"\\/Date(-500)\\/"',
      '"\\/Date(1714979289123+0000)\\/"',
    ],
    [
      '2024-05-06T07:08:09+00:00',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567+00:00',
    ],
  ],
  [
    { dateHandler: 'isoDate' },
    ['"2024-05-06"', '"2024-05-06"', '"2024-05-06"', '"2024-05-06"', '"2024-05-06"', '"0001-01-01"', '"1969-12-31"', '"2024-05-06"'],
    [
      '2024-05-06T07:08:09+00:00',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567+00:00',
    ],
  ],
  [
    { dateHandler: 'isoDateTime' },
    [
      '"2024-05-06 07:08:09"',
      '"2024-05-06 07:08:09"',
      '"2024-05-06 07:08:09"',
      '"2024-05-06 00:00:00"',
      '"2024-05-06 00:00:00"',
      '"0001-01-01 00:00:00"',
      '"1969-12-31 23:59:59"',
      '"2024-05-06 07:08:09"',
    ],
    [
      '2024-05-06T07:08:09+00:00',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567+00:00',
    ],
  ],
  [
    { dateHandler: 'rfc1123' },
    [
      '"Mon, 06 May 2024 07:08:09 GMT"',
      '"Mon, 06 May 2024 07:08:09 GMT"',
      '"Mon, 06 May 2024 07:08:09 GMT"',
      '"Mon, 06 May 2024 00:00:00 GMT"',
      '"Mon, 06 May 2024 00:00:00 GMT"',
      '"Mon, 01 Jan 0001 00:00:00 GMT"',
      '"Wed, 31 Dec 1969 23:59:59 GMT"',
      '"Mon, 06 May 2024 07:08:09 GMT"',
    ],
    [
      '2024-05-06T07:08:09+00:00',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567+00:00',
    ],
  ],
  [
    { dateHandler: 'unix' },
    ['1714979289', '1714979289', '1714979289', '1714953600', '1714953600', '-62135596800', '0', '1714979289'],
    ['1714979289', '1714979289', '1714979289', '1714953600', '1714953600', '-62135596800', '0', '1714979289'],
  ],
  [
    { dateHandler: 'unixMs' },
    ['1714979289000', '1714979289123', '1714979289123', '1714953600000', '1714953600000', '-62135596800000', '-500', '1714979289123'],
    ['1714979289000', '1714979289123', '1714979289123', '1714953600000', '1714953600000', '-62135596800000', '-500', '1714979289123'],
  ],
  [
    { dateHandler: 'iso', isUtcAssumed: true },
    [
      '"2024-05-06T07:08:09.0000000Z"',
      '"2024-05-06T07:08:09.1230000Z"',
      '"2024-05-06T07:08:09.1230000+00:00"',
      '"2024-05-06T00:00:00.0000000Z"',
      '"2024-05-06T00:00:00.0000000Z"',
      '"0001-01-01T00:00:00.0000000Z"',
      '"1969-12-31T23:59:59.5000000Z"',
      '"2024-05-06T07:08:09.1234567Z"',
    ],
    [
      '2024-05-06T07:08:09Z',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567Z',
    ],
  ],
  [
    { dateHandler: 'wcf', isUtcAssumed: true },
    [
      '"\\/Date(1714979289000)\\/"',
      '"\\/Date(1714979289123)\\/"',
      '"\\/Date(1714979289123+0000)\\/"',
      '"\\/Date(1714953600000)\\/"',
      '"\\/Date(1714953600000)\\/"',
      '"\\/Date(-62135596800000)\\/"',
      '"\\/Date(-500)\\/"',
      '"\\/Date(1714979289123)\\/"',
    ],
    [
      '2024-05-06T07:08:09Z',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567Z',
    ],
  ],
  [
    { dateHandler: 'wcf', isUtcOffsetWritten: true },
    [
      '"\\/Date(1714979289000-0000)\\/"',
      '"\\/Date(1714979289123+0000)\\/"',
      '"\\/Date(1714979289123+0000)\\/"',
      '"\\/Date(1714953600000-0000)\\/"',
      '"\\/Date(1714953600000+0000)\\/"',
      '"\\/Date(-62135596800000-0000)\\/"',
      '"\\/Date(-500+0000)\\/"',
      '"\\/Date(1714979289123-0000)\\/"',
    ],
    [
      '2024-05-06T07:08:09+00:00',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06',
      '2024-05-06',
      '0001-01-01',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567+00:00',
    ],
  ],
  [
    { dateHandler: 'iso', isDateKept: true },
    [
      '"2024-05-06T07:08:09.0000000"',
      '"2024-05-06T07:08:09.1230000Z"',
      '"2024-05-06T07:08:09.1230000+00:00"',
      '"2024-05-06T00:00:00.0000000"',
      '"2024-05-06T00:00:00.0000000Z"',
      '"0001-01-01T00:00:00.0000000"',
      '"1969-12-31T23:59:59.5000000Z"',
      '"2024-05-06T07:08:09.1234567"',
    ],
    [
      '2024-05-06T07:08:09',
      '2024-05-06T07:08:09.1230000Z',
      '2024-05-06T07:08:09.1230000+00:00',
      '2024-05-06T00:00:00',
      '2024-05-06T00:00:00Z',
      '0001-01-01T00:00:00',
      '1969-12-31T23:59:59.5000000Z',
      '2024-05-06T07:08:09.1234567',
    ],
  ],
])('by %j dates are %j in JSON and %j in JSV', (settings, inJson, inJsv) => {
  const Only = only({ At: dateTime() });
  const written = (format: Format): string[] => DATES.map((At) => write(Only, { At }, format, settings).replace(/^\{"?At"?:|\}$/g, ''));
  expect([written('json'), written('jsv')]).toEqual([inJson, inJsv]);
});

test.each<[string, string, string, string, string]>([
  ['a', '"a"', 'a', 'a', '{a:a}'],
  ['', '""', '""', '', '{"":""}'],
  [' a ', '" a "', ' a ', ' a ', '{ a : a }'],
  ['[a', '"[a"', '"[a"', '"[a"', '{"[a":"[a"}'],
  ['{a', '"{a"', '"{a"', '"{a"', '{"{a":"{a"}'],
  ['a]', '"a]"', '"a]"', 'a]', '{"a]":"a]"}'],
  ['a}', '"a}"', '"a}"', 'a}', '{"a}":"a}"}'],
  ['a,b', '"a,b"', '"a,b"', '"a,b"', '{"a,b":"a,b"}'],
  ['a"b', '"a\\"b"', '"a""b"', '"a""b"', '{"a""b":"a""b"}'],
  ['a:b', '"a:b"', '"a:b"', 'a:b', '{"a:b":"a:b"}'],
  ['a\nb', '"a\\nb"', '"a\nb"', '"a\nb"', '{"a\nb":"a\nb"}'],
  ['a\tb', '"a\\tb"', 'a\tb', 'a\tb', '{a\tb:a\tb}'],
  ['\u0001', '"\\u0001"', '\u0001', '\u0001', '{\u0001:\u0001}'],
  ['\u007f', '"\\u007F"', '\u007f', '\u007f', '{\u007f:\u007f}'],
  ['\u2028', '"\u2028"', '\u2028', '\u2028', '{\u2028:\u2028}'],
  ['é', '"é"', 'é', 'é', '{é:é}'],
  ['😀', '"😀"', '😀', '😀', '{😀:😀}'],
  ['\\', '"\\\\"', '\\', '\\', '{\\:\\}'],
  ['/', '"/"', '/', '/', '{/:/}'],
  ["<&>'", '"<&>\'"', "<&>'", "<&>'", "{<&>':<&>'}"],
  ['a\rb', '"a\\rb"', '"a\rb"', '"a\rb"', '{"a\rb":"a\rb"}'],
  ['\0', '"\\u0000"', '\0', '\0', '{\0:\0}'],
  ['\u200b', '"\u200b"', '\u200b', '\u200b', '{\u200b:\u200b}'],
  ['-1', '"-1"', '-1', '-1', '{-1:-1}'],
  ['null', '"null"', 'null', 'null', '{null:null}'],
  ['true', '"true"', 'true', 'true', '{true:true}'],
])('the text %j is %s in JSON, %s in JSV, %s in CSV, %s as a key and value of a map', (text, inJson, inJsv, inCsv, inMap) => {
  const Only = only({ Text: string() });
  expect(write(Only, { Text: text }, 'json')).toBe(`{"Text":${inJson}}`);
  expect(write(Only, { Text: text }, 'jsv')).toBe(`{Text:${inJsv}}`);
  expect(write(Only, { Text: text }, 'csv')).toBe(`Text\r\n${inCsv}\r\n`);
  expect(write(only({ Texts: list(string()) }), { Texts: [text] }, 'jsv')).toBe(`{Texts:[${inJsv}]}`);
  expect(write(only({ Map: map() }), { Map: { [text]: text } }, 'jsv')).toBe(`{Map:${inMap}}`);
});
describe('a list of messages', () => {
  test.each<[Format, (object | null)[], string]>([
    ['json', [{ A: 'x' }, null], '[{"A":"x","B":0},{}]'],
    ['json', [], '[]'],
    ['jsonl', [{ A: 'x' }, null], '{"A":"x","B":0}\n{}\n'],
    ['jsv', [null, { A: 'x' }], '[{},{A:x,B:0}]'],
    ['jsv', [], '[]'],
    ['csv', [{ A: 'x' }, null], 'A,B\r\nx,0\r\n,0\r\n'],
    [
      'xml',
      [{ A: 'x' }, null],
      '<?xml version="1.0" encoding="utf-8"?><ArrayOfInner xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:a"><Inner><A>x</A><B>0</B></Inner><Inner i:nil="true" /></ArrayOfInner>',
    ],
    ['xml', [], '<?xml version="1.0" encoding="utf-8"?><ArrayOfInner xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:a" />'],
  ])('in %s, %j', (format, values, text) => {
    expect(encodeList(Inner, values, { format, profile: PROFILE })).toBe(text);
  });
  test('in JSON over several lines', () => {
    const profile = { ...PROFILE, isIndented: true };
    expect(encodeList(Inner, [{ A: 'x' }], { format: 'json', profile })).toBe('[\n    {\n        "A": "x",\n        "B": 0\n    }\n]');
  });
});

test('a value is written to a depth of fifty', () => {
  const Node = dto('Node', { ns: 'urn:a' }, { Next: object((): Dto => Node) }) as unknown as Dto;
  const nested = (levels: number): object => (levels === 0 ? {} : { Next: nested(levels - 1) });
  for (const format of ['json', 'jsv', 'xml'] as const) {
    expect(write(Node, nested(49), format).match(/Next/g)!.length).toBeGreaterThanOrEqual(49);
    expect(() => write(Node, nested(51), format)).toThrow(new EncodeError('Node is nested more than 50 deep'));
  }
});

test('the text of a frozen record that is written again and again stays; another record has its own', () => {
  const options = { format: 'json', profile: PROFILE, isMemoized: true } as const;
  const frozen = Object.freeze({ A: 'x', B: 1 });
  const changing = { A: 'y', B: 1 };
  for (let B = 1; B < 5; B++) {
    changing.B = B;
    expect(encode(Inner, frozen, options)).toBe('{"A":"x","B":1}');
    expect(encode(Inner, changing, options)).toBe(`{"A":"y","B":${B}}`);
  }
});

test('a zero Guid is left out of JSV where the service does so, and of nothing else', () => {
  const Only = only({ Id: guid(), Maybe: guid().nullable() });
  const profile = { ...PROFILE, isZeroGuidLeftOut: true, guid: 'D' } as const;
  const zero = '00000000-0000-0000-0000-000000000000';
  const written = (Id: string, format: Format): string => encode(Only, { Id, Maybe: Id }, { format, profile });
  expect(written(zero, 'jsv')).toBe(`{Maybe:${zero.replaceAll('-', '')}}`);
  expect(written(ID, 'jsv')).toBe(`{Id:${ID},Maybe:${ID.replaceAll('-', '')}}`);
  expect(written(zero, 'json')).toBe(`{"Id":"${zero}","Maybe":"${zero.replaceAll('-', '')}"}`);
});

test.each<[string, object, string]>([
  ['At', { At: '2024-05-06 07:08:09.1' }, "'2024-05-06 07:08:09.1' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC"],
  ['At', { At: '2024-02-30T07:08:09.1' }, "'2024-02-30T07:08:09.1' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC"],
  ['At', { At: '2023-02-29T07:08:09.1Z' }, "'2023-02-29T07:08:09.1Z' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC"],
  ['At', { At: '1900-02-29T07:08:09.1' }, "'1900-02-29T07:08:09.1' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC"],
  ['At', { At: '2024-05-06T24:00:00.1' }, "'2024-05-06T24:00:00.1' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC"],
  ['At', { At: '2024-05-06T23:60:00.1' }, "'2024-05-06T23:60:00.1' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC"],
  ['At', { At: '2024-05-06T23:59:60.1' }, "'2024-05-06T23:59:60.1' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC"],
])('what is no value of %s is refused: %j', (member, value, message) => {
  expect(() => write(only({ [member]: dateTime() }), value, 'json')).toThrow(new EncodeError(message));
});
test.each([
  ['2024-05-06T09:38:09.5+02:30', '2024-05-06T07:08:09.5000000+00:00'],
  ['2024-05-06T04:38:09-02:30', '2024-05-06T07:08:09.0000000+00:00'],
  ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.0000000Z'],
  ['2000-02-29T00:00:00', '2000-02-29T00:00:00.0000000'],
])('the moment %s is written as local time: %s', (At, text) => {
  expect(write(only({ At: dateTime() }), { At }, 'json')).toBe(`{"At":"${text}"}`);
});

// ServiceStack's own types in CSV and JSON Lines: the items of their first list are the rows (servicestack.md §13 F4).
const Row = dto('Row', { ns: 'urn:own' }, { A: string(), B: int() }) as unknown as Dto;
const own = (fields: Parameters<typeof dto>[2]): Dto => dto('Own', { ns: 'urn:own', isDataContract: true }, fields) as unknown as Dto;
const OfRows = own({ Name: string(), ResponseStatus: list(string()), Rows: list(object(() => Row)), Others: list(string()) });
const OfTexts = own({ Texts: list(string()) });
const asRows = (type: Dto, value: object, format: Format, profile: Partial<WireProfile> = {}): string =>
  encode(type, value, { format, profile: { ...PROFILE, ...profile } });

test('JSON Lines: an item a line, and nothing of the message around them', () => {
  const value = { Name: 'left out', Rows: [{ A: 'x', B: 1 }, null, { A: 'y\n', B: 2 }], Others: ['left out'] };
  expect(asRows(OfRows, value, 'jsonl')).toBe('{"A":"x","B":1}\nnull\n{"A":"y\\n","B":2}\n');
  expect(asRows(OfTexts, { Texts: ['p', null, 'q,"r"'] }, 'jsonl')).toBe('"p"\nnull\n"q,\\"r\\""\n');
  expect(asRows(OfRows, { Rows: [] }, 'jsonl')).toBe('');
});

test('JSON Lines: without a list, the framework’s own mistake', () => {
  const mistake = { message: 'Object reference not set to an instance of an object.', errorCode: 'NullReferenceException' };
  expect(() => asRows(OfRows, { Rows: null }, 'jsonl')).toThrow(expect.objectContaining(mistake));
});

test('JSON Lines: a message without a list is a line itself', () => {
  expect(asRows(own({ Name: string() }), { Name: 'x' }, 'jsonl')).toBe('{"Name":"x"}');
  expect(asRows(Row, { A: 'x', B: 1 }, 'jsonl')).toBe('{"A":"x","B":1}');
});

test('CSV: objects are rows under their names', () => {
  const value = { Name: 'left out', Rows: [{ A: 'x', B: 1 }, null, { A: 'y,"z"', B: 2 }] };
  expect(asRows(OfRows, value, 'csv')).toBe('A,B\r\nx,1\r\n,0\r\n"y,""z""",2\r\n');
  expect(asRows(OfRows, { Rows: [] }, 'csv')).toBe('A,B\r\n');
  expect(asRows(OfRows, { Rows: null }, 'csv')).toBe('A,B\r\n');
});

test('CSV: scalars stand on one line', () => {
  expect(asRows(OfTexts, { Texts: ['p', null, 'q,r', '{s'] }, 'csv')).toBe('p,,"q,r","{s"\r\n');
  expect(asRows(OfTexts, { Texts: null }, 'csv')).toBe('');
});

test('CSV: a column in which every row has the default is left out where defaults are, a message without columns whole', () => {
  const rows = (...values: object[]): string => asRows(OfRows, { Rows: values }, 'csv', { isDefaultOmitted: true });
  expect(rows({ A: 'x', B: 0 }, { A: null, B: 0 })).toBe('A\r\nx\r\n\r\n');
  expect(rows({ A: 'x', B: 0 }, { A: 'y', B: 3 })).toBe('A,B\r\nx,0\r\ny,3\r\n');
  expect(rows({ A: null, B: 0 })).toBe('\r\n');
});

describe('XML', () => {
  const Leaf = dto('Leaf', { ns: 'urn:a' }, { A: string(), Up: object((): Dto => Base) }) as unknown as Dto;
  const Base = dto('Base', { ns: 'urn:b' }, { Part: object(() => Leaf), Parts: list(object(() => Leaf)) }) as unknown as Dto;
  const Plain = dto('Plain', { ns: '' }, { B: int(), Leaf: object(() => Leaf) }) as unknown as Dto;
  const fields = { Name: string(), Plain: object(() => Plain), Up: object(() => Base) };
  const Derived = dto('Derived', { ns: 'urn:a', base: Base as never }, fields) as unknown as Dto;
  const Empty = dto('Empty', { ns: '' }, {}) as unknown as Dto;

  test('each element stands in the namespace of the class that its member belongs to, however they are nested', () => {
    const leaf = (A: string, Up: object | null = null) => ({ A, Up });
    const value = {
      Part: leaf('1', { Part: leaf('2'), Parts: [leaf('3')] }),
      Parts: [],
      Name: '4',
      Plain: { B: 5, Leaf: leaf('6') },
      Up: { Part: leaf('7'), Parts: null },
    };
    const text = write(Derived, value, 'xml');
    const shown = ({ name, ns, content }: XmlElement): string =>
      `${ns.slice(4)}:${name}(${content.map((node) => (typeof node === 'string' ? node : shown(node))).join(' ')})`;
    expect(shown(parseXml(text))).toBe(
      'a:Derived(b:Part(a:A(1) a:Up(b:Part(a:A(2) a:Up()) b:Parts(a:Leaf(a:A(3) a:Up())))) b:Parts() a:Name(4) ' +
        'a:Plain(:B(5) :Leaf(a:A(6) a:Up())) a:Up(b:Part(a:A(7) a:Up()) b:Parts()))',
    );
    expect(decode(Derived, text, { format: 'xml', now: 0 }).value).toEqual(value);
    // What is bound already is not bound again.
    expect(text.match(/xmlns:\w+="urn:a"/g)).toBeNull();
  });
  test('what is there and empty is a short element, and a class without a namespace declares none', () => {
    const members = { Inner: object(() => Empty), Map: map(), Texts: list(string()) };
    const Whole = dto('Whole', { ns: '' }, members) as unknown as Dto;
    const arrays = 'xmlns:d2p1="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';
    expect(write(Whole, { Inner: {}, Map: {}, Texts: [] }, 'xml')).toBe(
      `<?xml version="1.0" encoding="utf-8"?><Whole xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Inner /><Map ${arrays} /><Texts ${arrays} /></Whole>`,
    );
  });
});

test.each<[number, string]>([
  [1e21, '1E+21'],
  [-1.5e300, '-1.5E+300'],
  [1e-7, '1E-07'],
  [2.5e-10, '2.5E-10'],
  [123456789, '123456789'],
])('%d is the double %s in every format', (Real, wanted) => {
  const One = only({ Real: double() });
  expect(write(One, { Real }, 'json')).toBe(`{"Real":${wanted}}`);
  expect(write(One, { Real }, 'jsv')).toBe(`{Real:${wanted}}`);
  expect(write(One, { Real }, 'csv')).toBe(`Real\r\n${wanted}\r\n`);
  expect(write(One, { Real }, 'xml')).toContain(`<Real>${wanted}</Real>`);
});
test.each<[number, string, string]>([
  [Number.NaN, 'NaN', 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity', 'INF'],
  [Number.NEGATIVE_INFINITY, '-Infinity', '-INF'],
])('%d has a name, which is another one in XML', (Real, wanted, inXml) => {
  const One = only({ Real: double() });
  expect(write(One, { Real }, 'jsv')).toBe(`{Real:${wanted}}`);
  expect(write(One, { Real }, 'xml')).toContain(`<Real>${inXml}</Real>`);
});
