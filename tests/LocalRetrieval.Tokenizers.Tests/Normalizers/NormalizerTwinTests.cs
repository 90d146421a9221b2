using System.Text;
using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Normalizers;

namespace LocalRetrieval.Tokenizers.Tests.Normalizers;

/// <summary>Normalizers beside their naive twins, text and origins, on random texts; and what they allocate.</summary>
public sealed class NormalizerTwinTests
{
    private const int Seed = 20_16;

    // The buffers of a text change places, and each has to grow.
    private const int WarmUps = 8;

    public static TheoryData<string> Kinds => ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "Precompiled"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Normalize_RandomTexts_EqualsNaiveTwin(string kind)
    {
        (Normalizer normalizer, Normalizer naive) = Pair(kind);
        NormalizedText actual = new();
        NormalizedText expected = new();
        foreach (string content in Texts())
        {
            actual.Reset(content, 3, tracksOrigins: true);
            expected.Reset(content, 3, tracksOrigins: true);

            normalizer.Normalize(actual);
            naive.Normalize(expected);

            Assert.Equal(Describe(expected), Describe(actual));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Normalize_OnceWarm_AllocatesNothing(string kind)
    {
        Normalizer normalizer = Pair(kind).Normalizer;
        string[] texts = [.. Texts()];
        NormalizedText text = new();
        for (int i = 0; i < WarmUps; i++)
        {
            NormalizeAll();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        NormalizeAll();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void NormalizeAll()
        {
            foreach (string content in texts)
            {
                text.Reset(content, 0, tracksOrigins: true);
                normalizer.Normalize(text);
            }
        }
    }

    private static (Normalizer Normalizer, Normalizer Naive) Pair(string kind) => kind switch
    {
        "Lowercase" => (new LowercaseNormalizer(), NaiveNormalizer.Lowercase),
        "StripAccents" => (new StripAccentsNormalizer(), NaiveNormalizer.StripAccents),
        "Nmt" => (new NmtNormalizer(), NaiveNormalizer.Nmt),
        "Precompiled" => Precompiled(),
        _ => (new UnicodeNormalizer(kind.Contains('K', StringComparison.Ordinal), kind[^1] == 'C'),
            new NaiveUnicodeNormalizer(kind.Contains('K', StringComparison.Ordinal), kind[^1] == 'C')),
    };

    private static (Normalizer Normalizer, Normalizer Naive) Precompiled()
    {
        using Stream file = TestData.OpenGZipped(TestData.Path("synth-xlmr", "tokenizer.json.gz"));
        using JsonDocument document = JsonDocument.Parse(file);
        JsonField section = new("tokenizer.json", "$.normalizer", document.RootElement.GetProperty("normalizer"));
        return (PrecompiledNormalizer.Read(section), NaiveNormalizer.Precompiled(CharacterMap.Read(section["precompiled_charsmap"])));
    }

    /// <summary>Nasty texts, and texts of letters with up to 40 marks each, among them such as compose and such as decompose.</summary>
    private static IEnumerable<string> Texts()
    {
        Random random = new(Seed);
        string[] letters = ["a", "e", "o", "ä", "ậ", "가", "\u1100", "\u1161", "\u11A8", "क", "\u0DD9", "\u0F40", "中", "ﷺ", "𝅗𝅥", " "];
        string[] marks =
        [
            "\u0301", "\u0302", "\u0308", "\u0323", "\u0327", "\u0345", "\u0344", "\u05AE", "\u093C", "\u0DCF", "\u0F71", "\u0F72", "\u0F73",
            "\u3099", "\u0334", "\u20D0", "\U0001D165", "\U0001D16D",
        ];
        StringBuilder text = new();
        for (int i = 0; i < 400; i++)
        {
            text.Clear();
            for (int parts = random.Next(12); parts > 0; parts--)
            {
                text.Append(letters[random.Next(letters.Length)]);
                for (int count = random.Next(8) == 0 ? random.Next(40) : random.Next(4); count > 0; count--)
                {
                    text.Append(marks[random.Next(marks.Length)]);
                }
            }

            yield return text.ToString();
        }

        foreach (string nasty in NastyTexts.Generate(Seed, 800))
        {
            yield return nasty;
        }
    }

    private static string Describe(NormalizedText text) => string.Concat(
        Enumerable.Range(0, text.Length).Select(i => $"{(int)text.Chars[i]:X4}@{text.OriginStart(i)}-{text.OriginEnd(i)} "));
}
