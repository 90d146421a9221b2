namespace LocalRetrieval.VectorData.Tests.Keyword;

/// <summary>Pages about codes, versions and identifiers, each with pages beside it that are about nearly the same one, and a question for each.</summary>
internal static class GeneratedPages
{
    private static readonly string[] Filler =
        "the server reads a file and writes its result to the log when the user asks for it in a region or a zone of the system with an error code part number version of each release name"
            .Split(' ');

    private static readonly string[] Verbs = ["get", "set", "load", "parse", "build", "find", "create", "remove"];
    private static readonly string[] Nouns = ["User", "Name", "Token", "Index", "Query", "Page", "Order", "Item", "Cache", "Key"];

    /// <summary>Makes the pages and the questions; the page of question i is page <c>Right[i]</c>.</summary>
    public static (List<string> Pages, List<(string Question, int Right)> Questions) Create(int questions, int seed)
    {
        Random random = new(seed);
        List<string> pages = [];
        List<(string, int)> asked = [];
        HashSet<string> used = [];
        while (asked.Count < questions)
        {
            (string name, string typed, string[] near, string template) = (asked.Count % 7) switch
            {
                0 => Code(random),
                1 => Version(random),
                2 => Camel(random),
                3 => Snake(random),
                4 => PartNumber(random),
                5 => Region(random),
                _ => Hexadecimal(random),
            };
            if (!used.Add(name.ToLowerInvariant()) || near.Any(other => !used.Add(other.ToLowerInvariant())))
            {
                continue;
            }

            string[] names = [name, .. near];
            random.Shuffle(names);
            asked.Add((string.Format(null, template, typed), pages.Count + Array.IndexOf(names, name)));
            pages.AddRange(names.Select(one => Page(random, one)));
        }

        return (pages, asked);
    }

    private static (string, string, string[], string) Code(Random random)
    {
        string code = $"{Letters(random, 2)}{random.Next(1000, 9999)}";
        return (code, random.Next(2) == 0 ? code.ToLowerInvariant() : code, [OtherDigit(random, code), code + random.Next(10), code[..^1]], "What does error {0} mean?");
    }

    private static (string, string, string[], string) Version(Random random)
    {
        string version = $"{random.Next(1, 30)}.{random.Next(10, 60)}.{random.Next(1, 20)}";
        return ($"v{version}", random.Next(2) == 0 ? version : $"v{version}", [$"v{version}.{random.Next(1, 9)}", $"v{version}{random.Next(10)}", $"v{version[..version.LastIndexOf('.')]}"], "What is new in {0}?");
    }

    private static (string, string, string[], string) Camel(Random random)
    {
        string name = Verbs[random.Next(8)] + Nouns[random.Next(10)] + Nouns[random.Next(10)] + random.Next(100);
        return (name, name, [name + "Async", name[..^1] + "Of", "try" + char.ToUpperInvariant(name[0]) + name[1..]], "How do I call {0}?");
    }

    private static (string, string, string[], string) Snake(Random random)
    {
        string name = $"{Verbs[random.Next(8)]}_{Nouns[random.Next(10)]}_{Nouns[random.Next(10)]}_{random.Next(100)}".ToLowerInvariant();
        return (name, name, [$"{name}_count", $"max_{name}", name[..name.LastIndexOf('_')] + "_of_" + random.Next(1000)], "{0}");
    }

    private static (string, string, string[], string) PartNumber(Random random)
    {
        string number = $"{Letters(random, 3)}-{random.Next(100, 999)}-{random.Next(10, 99)}";
        return (number, random.Next(2) == 0 ? number : number.ToLowerInvariant(), [OtherDigit(random, number), number[..7], $"{number}-{random.Next(10)}"], "Where is {0} used?");
    }

    private static (string, string, string[], string) Region(Random random)
    {
        string region = $"{Letters(random, 4).ToLowerInvariant()}-{random.Next(10, 99)}";
        return (region, region, [region[..^1], $"{region}{random.Next(10)}", region.Replace("-", "-1")], "limits of {0}");
    }

    private static (string, string, string[], string) Hexadecimal(Random random)
    {
        string code = $"0x8007{random.Next(0x1000, 0xFFFF):X4}";
        return (code, code, [OtherDigit(random, code), code[..^1], code[2..]], "The program ends with {0}");
    }

    private static string Letters(Random random, int count) => new([.. Enumerable.Range(0, count).Select(_ => (char)('A' + random.Next(26)))]);

    private static string OtherDigit(Random random, string code)
    {
        char[] characters = code.ToCharArray();
        int place = Enumerable.Range(3, code.Length - 3).Where(i => char.IsAsciiDigit(code[i])).Last();
        characters[place] = (char)('0' + ((characters[place] - '0' + random.Next(1, 10)) % 10));
        return new string(characters);
    }

    private static string Page(Random random, string name)
    {
        List<string> words = [.. Enumerable.Range(0, random.Next(20, 200)).Select(_ => Filler[random.Next(Filler.Length)])];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            words.Insert(random.Next(words.Count), name);
        }

        return string.Join(' ', words) + ".";
    }
}
