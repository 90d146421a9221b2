using System.Text;
using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Tests.Unicode;

/// <summary>
/// What each kind of normalizer and pre-tokenizer makes of every code point, in a few contexts, beside what the reference makes of it.
/// Each Unicode property that the tables hold decides in one of them, so that the tables are those of the reference, whatever version
/// of Unicode each of them is: there are no differences.
/// </summary>
public sealed class CodePointGoldenTests
{
    private const int LastCodePoint = 0x10FFFF;
    private const int Delimiter = 0x138;
    private const int NormalizerGoldens = 21;
    private const int PreTokenizerGoldens = 12;

    [Fact]
    public void Normalize_EveryCodePoint_EqualsReference() => Assert.Equal(NormalizerGoldens, CheckAll("normalizer", Normalize));

    [Fact]
    public void PreTokenize_EveryCodePoint_EqualsReference() => Assert.Equal(PreTokenizerGoldens, CheckAll("pre_tokenizer", PreTokenize));

    private static int CheckAll(string kind, Func<JsonField, Func<string, string>> read)
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path("code-points", "goldens.jsonl.gz")));
        Assert.Contains("0.23.2", lines.ReadLine(), StringComparison.Ordinal);
        int count = 0;
        while (lines.ReadLine() is { } line)
        {
            using JsonDocument golden = JsonDocument.Parse(line);
            if (golden.RootElement.GetProperty("kind").GetString() == kind)
            {
                Check(golden.RootElement, read(Section(golden.RootElement.GetProperty("section"))));
                count++;
            }
        }

        return count;
    }

    private static void Check(JsonElement golden, Func<string, string> apply)
    {
        string before = golden.GetProperty("before").GetString()!;
        string after = golden.GetProperty("after").GetString()!;
        string usual = golden.GetProperty("usual").GetString()!;
        string unchanged = $"{before}\u0001{after}";
        bool withoutHangul = golden.GetProperty("without_hangul").GetBoolean();
        string?[] expected = new string?[LastCodePoint + 1];
        foreach (JsonElement run in golden.GetProperty("runs").EnumerateArray())
        {
            Array.Fill(expected, run[2].GetString(), run[0].GetInt32(), run[1].GetInt32() - run[0].GetInt32() + 1);
        }

        List<string> failures = [];
        for (int codePoint = 0; codePoint <= LastCodePoint; codePoint++)
        {
            if (!Rune.IsValid(codePoint) || codePoint == Delimiter || (withoutHangul && codePoint is >= 0xAC00 and <= 0xD7A3))
            {
                continue;
            }

            // In the golden, U+0001 stands for the code point.
            string own = char.ConvertFromUtf32(codePoint);
            string text = before + own + after;
            string wanted = expected[codePoint]?.Replace("\u0001", own, StringComparison.Ordinal) ?? (usual == unchanged ? text : usual);
            string actual = apply(text);
            if (actual != wanted)
            {
                failures.Add($"U+{codePoint:X4}: {Escape(wanted)}, not {Escape(actual)}");
            }
        }

        Assert.True(failures.Count == 0, $"{golden.GetProperty("section")} '{before}' '{after}': {failures.Count} differ:\n{string.Join('\n', failures.Take(40))}");
    }

    private static Func<string, string> Normalize(JsonField section)
    {
        Normalizer normalizer = ComponentRegistry.ReadNormalizer(section);
        NormalizedText text = new();
        return content =>
        {
            text.Reset(content, 0, tracksOrigins: false);
            normalizer.Normalize(text);
            return text.Chars.SequenceEqual(content) ? content : text.Chars.ToString();
        };
    }

    private static Func<string, string> PreTokenize(JsonField section)
    {
        PreTokenizer preTokenizer = ComponentRegistry.ReadPreTokenizer(section);
        NormalizedText text = new();
        PreTokenizedText pieces = new(text);
        return content =>
        {
            text.Reset(content, 0, tracksOrigins: true);
            pieces.Reset(new TextPiece(0, content.Length));
            preTokenizer.PreTokenize(pieces);
            StringBuilder result = new();
            foreach (TextPiece piece in pieces.Pieces)
            {
                int start = CodePoints(content, pieces.Text.OriginStart(piece.Start));
                int end = CodePoints(content, pieces.Text.OriginEnd(piece.End - 1));
                _ = result.Append(result.Length == 0 ? "" : " ").Append((char)('0' + start)).Append('-').Append((char)('0' + end));
            }

            return result.ToString();
        };
    }

    private static int CodePoints(string text, int end)
    {
        int count = 0;
        for (int i = 0; i < end; i++)
        {
            count += char.IsLowSurrogate(text[i]) ? 0 : 1;
        }

        return count;
    }

    /// <summary>A section as it stands in the golden, or that of the tokenizer whose name it gives.</summary>
    private static JsonField Section(JsonElement section)
    {
        if (!section.TryGetProperty("tokenizer", out JsonElement name))
        {
            return new JsonField("golden", "$", section);
        }

        using Stream file = TestData.OpenGZipped(TestData.Path(name.GetString()!, "tokenizer.json.gz"));
        using JsonDocument document = JsonDocument.Parse(file);
        return new JsonField("golden", "$", document.RootElement.GetProperty("normalizer").Clone());
    }

    private static string Escape(string text) => string.Concat(text.Select(unit => unit is > ' ' and < '\u007F' ? $"{unit}" : $"\\u{(int)unit:X4}"));
}
