using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>The character properties that a regular expression can name, as the reference has them.</summary>
internal static class RegexProperties
{
    /// <summary>Other names for what has one already.</summary>
    private static readonly string[] LongNames =
    [
        "Letter=L", "Uppercase_Letter=Lu", "Lowercase_Letter=Ll", "Titlecase_Letter=Lt", "Cased_Letter=LC", "Modifier_Letter=Lm",
        "Other_Letter=Lo", "Mark=M", "Combining_Mark=M", "Nonspacing_Mark=Mn", "Spacing_Mark=Mc", "Enclosing_Mark=Me",
        "Number=N", "Decimal_Number=Nd", "Letter_Number=Nl",
        "Other_Number=No", "Punctuation=P", "Punct=P", "Connector_Punctuation=Pc", "Dash_Punctuation=Pd", "Open_Punctuation=Ps",
        "Close_Punctuation=Pe", "Initial_Punctuation=Pi", "Final_Punctuation=Pf", "Other_Punctuation=Po", "Symbol=S", "Math_Symbol=Sm",
        "Currency_Symbol=Sc", "Modifier_Symbol=Sk", "Other_Symbol=So", "Separator=Z", "Space_Separator=Zs", "Line_Separator=Zl",
        "Paragraph_Separator=Zp", "Other=C", "Control=Cc", "Format=Cf", "Unassigned=Cn", "Private_Use=Co", "Surrogate=Cs",
        "Alpha=Alphabetic", "Lower=Lowercase", "Upper=Uppercase", "Cntrl=Cc", "Digit=Nd", "WSpace=Space", "White_Space=Space",
        "EComp=Emoji_Component", "EMod=Emoji_Modifier", "EBase=Emoji_Modifier_Base", "EPres=Emoji_Presentation",
        "ExtPict=Extended_Pictographic", "Ideo=Ideographic", "UIdeo=Unified_Ideograph", "VS=Variation_Selector",
        "RI=Regional_Indicator", "Join_C=Join_Control", "QMark=Quotation_Mark", "Dia=Diacritic",
    ];

    private static readonly Lazy<Dictionary<string, CodePointSet>> Named = new(ByName);

    /// <summary>\s.</summary>
    public static CodePointSet Space { get; } = CodePointSet.Ranges(
    [
        0x9, 0xD, 0x20, 0x20, 0x85, 0x85, 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F,
        0x3000, 0x3000,
    ]);

    /// <summary>\h, a hexadecimal digit.</summary>
    public static CodePointSet HexDigit { get; } = CodePointSet.Ranges(['0', '9', 'A', 'F', 'a', 'f']);

    /// <summary>\d.</summary>
    public static CodePointSet Digit => Named.Value["nd"];

    /// <summary>\w between brackets.</summary>
    public static CodePointSet Word => Named.Value["word"];

    /// <summary>\w elsewhere, and what \b looks at; there the reference takes six numbers of Latin-1 too.</summary>
    public static CodePointSet LoneWord { get; } = Word.Union(CodePointSet.Ranges([0xB2, 0xB3, 0xB9, 0xB9, 0xBC, 0xBE]));

    /// <summary>[[:punct:]], which unlike \p{Punct} has symbols too.</summary>
    public static CodePointSet PunctuationAndSymbols { get; } = Named.Value["p"].Union(Named.Value["s"]);

    /// <summary>The characters of a property; spaces, hyphens, underscores and case in its name do not matter.</summary>
    public static CodePointSet? Find(string name) => Named.Value.GetValueOrDefault(Key(name));

    private static string Key(string name) =>
        string.Concat(name.Where(unit => unit is not (' ' or '-' or '_'))).ToLowerInvariant();

    private static Dictionary<string, CodePointSet> ByName()
    {
        Dictionary<string, CodePointSet> named = [];
        AddRuns(named, RegexPropertyTables.CategoryNames, RegexPropertyTables.Categories);
        named["cs"] = CodePointSet.Range(0xD800, 0xDFFF);
        CodePointSet assigned = named.Values.Aggregate(CodePointSet.Empty, (all, set) => all.Union(set));
        named["cn"] = assigned.Complement();
        named["assigned"] = assigned;
        named["any"] = CodePointSet.All;
        foreach (string major in new[] { "c", "l", "m", "n", "p", "s", "z" })
        {
            named[major] = RegexPropertyTables.CategoryNames.Concat(["Cn", "Cs"])
                .Select(Key).Where(name => name[0] == major[0])
                .Aggregate(CodePointSet.Empty, (all, name) => all.Union(named[name]));
        }

        named["lc"] = named["lu"].Union(named["ll"]).Union(named["lt"]);
        AddRuns(named, RegexPropertyTables.ScriptNames, RegexPropertyTables.Scripts);
        AddBinary(named);
        AddPosix(named);
        foreach (string pair in RegexPropertyTables.ScriptCodes.Concat(LongNames))
        {
            string[] names = pair.Split('=');
            named[Key(names[0])] = named[Key(names[1])];
        }

        return named;
    }

    private static void AddBinary(Dictionary<string, CodePointSet> named)
    {
        named["alphabetic"] = CodePointSet.Ranges(RegexPropertyTables.Alphabetic);
        named["lowercase"] = CodePointSet.Ranges(RegexPropertyTables.Lowercase);
        named["uppercase"] = CodePointSet.Ranges(RegexPropertyTables.Uppercase);
        named["emoji"] = CodePointSet.Ranges(RegexPropertyTables.Emoji);
        named["emojicomponent"] = CodePointSet.Ranges(RegexPropertyTables.EmojiComponent);
        named["emojimodifier"] = CodePointSet.Ranges(RegexPropertyTables.EmojiModifier);
        named["emojimodifierbase"] = CodePointSet.Ranges(RegexPropertyTables.EmojiModifierBase);
        named["emojipresentation"] = CodePointSet.Ranges(RegexPropertyTables.EmojiPresentation);
        named["extendedpictographic"] = CodePointSet.Ranges(RegexPropertyTables.ExtendedPictographic);
        named["ideographic"] = CodePointSet.Ranges(RegexPropertyTables.Ideographic);
        named["unifiedideograph"] = CodePointSet.Ranges(RegexPropertyTables.UnifiedIdeograph);
        named["variationselector"] = CodePointSet.Ranges(RegexPropertyTables.VariationSelector);
        named["regionalindicator"] = CodePointSet.Ranges(RegexPropertyTables.RegionalIndicator);
        named["joincontrol"] = CodePointSet.Ranges(RegexPropertyTables.JoinControl);
        named["dash"] = CodePointSet.Ranges(RegexPropertyTables.Dash);
        named["quotationmark"] = CodePointSet.Ranges(RegexPropertyTables.QuotationMark);
        named["diacritic"] = CodePointSet.Ranges(RegexPropertyTables.Diacritic);
    }

    private static void AddPosix(Dictionary<string, CodePointSet> named)
    {
        named["space"] = Space;
        named["xdigit"] = HexDigit;
        named["ascii"] = CodePointSet.Range(0, 0x7F);
        named["alnum"] = named["alphabetic"].Union(named["nd"]);
        named["blank"] = named["zs"].Union(CodePointSet.Of('\t'));
        named["word"] = named["alphabetic"].Union(named["m"]).Union(named["nd"]).Union(named["pc"]);
        named["graph"] = Space.Union(named["cc"]).Union(named["cn"]).Union(named["cs"]).Complement();
        named["print"] = named["graph"].Union(named["zs"]);
    }

    /// <summary>Adds the ranges of each name, which are given as first, last and the name's number.</summary>
    private static void AddRuns(Dictionary<string, CodePointSet> named, string[] names, ReadOnlySpan<int> runs)
    {
        List<int>[] ranges = [.. names.Select(_ => new List<int>())];
        for (int i = 0; i < runs.Length; i += 3)
        {
            ranges[runs[i + 2]].AddRange([runs[i], runs[i + 1]]);
        }

        for (int i = 0; i < names.Length; i++)
        {
            named[Key(names[i])] = CodePointSet.Ranges(ranges[i].ToArray());
        }
    }
}
