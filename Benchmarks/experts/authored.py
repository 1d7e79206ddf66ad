#!/usr/bin/env python3
"""Gives documents without people authors, for measuring latency: `authored.py DOCS.jsonl OUT.jsonl [PEOPLE]`.

Who wrote how much follows Zipf's law (the n-th person writes 1/n of what the first writes), every tenth document has a
second author. Seeded by the line, so the same input gives the same output. Names and addresses are made up.
"""
import bisect, itertools, json, random, sys

GIVEN = """Ada Amara Anselm Aoife Bela Bruno Carla Chidi Dana Dario Edda Emil Farah Femi Greta Hanno Ida Ines Jamal Jana
Kai Keiko Lars Leila Marek Mira Nadia Nils Odile Omar Paola Petra Quentin Rosa Ruben Sana Sven Tariq Thea Ulla Viktor
Wanda Xenia Yara Yusuf Zora""".split()
ONSETS = "B Br D F G Gr H J K Kr L M N P R S Sch St T Tr V W Z".split()
MIDDLES = "ab all and arn eb eck ell end erl ib ill ind ob oll orn ub ull und".split()
ENDS = "a ach e ek en er i ic in ing ky mann o ov sen son ski us".split()


def person(number):
    surname = ONSETS[number % 23] + MIDDLES[number // 23 % 18] + ENDS[number // 414 % 18]
    given = GIVEN[number * 7 % len(GIVEN)]
    if number >= 7452:
        surname += "-" + ONSETS[number // 7452 % 23] + "ahl"
    name = f"{given} {surname}"
    return name, f"{given}.{surname}{number}@example.org".lower()


def main(source, target, count="20000"):
    count = int(count)
    sums = list(itertools.accumulate(1 / n for n in range(1, count + 1)))
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        for number, line in enumerate(lines):
            rng = random.Random(number)
            record = json.loads(line)
            authors = [person(bisect.bisect(sums, rng.random() * sums[-1])) for _ in range(2 if number % 10 == 0 else 1)]
            record["authors"] = [{"name": name, "email": address} for name, address in authors]
            record["date"] = f"{2000 + rng.randrange(24)}-{1 + rng.randrange(12):02}-{1 + rng.randrange(28):02}"
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
