using System.Text;

namespace LocalRetrieval.Tokenizers.Tests.Json;

/// <summary>Files that are no tokenizer at all, or were one before something happened to them.</summary>
public sealed class DamagedFileTests
{
    private const int Megabytes100 = 100 << 20;

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8", "$ is a byte order mark" }, { "utf-16", "$ is UTF-16" }, { "utf-16BE", "$ is UTF-16" }, { "utf-32", "$ is UTF-16" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Load_OtherEncoding_ThrowsWithWhatIsThere(string name, string found)
    {
        Encoding encoding = Encoding.GetEncoding(name);

        Assert.Contains(found, Message([.. encoding.GetPreamble(), .. encoding.GetBytes(Tiny())]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "$ is nothing")]
    [InlineData(" \r\n\t", "$ is nothing")]
    [InlineData("[]", "$ is an array")]
    [InlineData("{} {}", "malformed JSON at line 1, byte 4")]
    [InlineData("{}", "$.model is missing")]
    [InlineData("{ \"x\": 1, \"model\": {} }", "$['x'] is there; supported: version")]
    public void Load_NoTokenizer_ThrowsWithWhatIsThere(string content, string found) =>
        Assert.Contains($"tokenizer.json: {found}", Message(Encoding.UTF8.GetBytes(content)), StringComparison.Ordinal);

    [Fact]
    public void Load_EveryStartOfAFile_IsRefused()
    {
        byte[] content = Encoding.UTF8.GetBytes(Tiny());
        for (int length = 0; length < content.Length; length++)
        {
            Assert.StartsWith("tokenizer.json: ", Message(content[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_RandomBytesChanged_IsReadOrRefused()
    {
        byte[] content = Encoding.UTF8.GetBytes(Tiny());
        Random random = new(20);
        int refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            byte[] changed = [.. content];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            refused += Record.Exception(() => Load(changed)) switch
            {
                null => 0,
                InvalidDataException => 1,
                Exception other => throw new Xunit.Sdk.XunitException($"{Convert.ToHexString(changed)}: {other}"),
            };
        }

        Assert.InRange(refused, 1000, 3999);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"type\":\"Sequence\",\"normalizers\":[")]
    public void Load_NestedAHundredThousandDeep_IsRefused(string level)
    {
        string json = $"{{\"normalizer\":{string.Concat(Enumerable.Repeat(level, 100_000))}";

        Assert.Contains("malformed JSON at line 1", Message(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NestedDeepButWhole_IsRefusedAsInTheReference()
    {
        Assert.Contains("malformed JSON at line 1", Message(Encoding.UTF8.GetBytes(Nested(126))), StringComparison.Ordinal);
        Assert.NotNull(Load(Encoding.UTF8.GetBytes(Nested(125))));

        static string Nested(int depth) => new TinyTokenizer().Json.ToJsonString()
            .Replace("\"clean_text\":", $"\"x\":{new string('[', depth)}{new string(']', depth)},\"clean_text\":", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "\0", "", "$ is UTF-16")]
    [InlineData("", "y", "", "$ is 'yyyy")]
    [InlineData("{", " ", "", "malformed JSON")]
    [InlineData("{\"model\":\"", "y", "\"}", "$.model is \"yyy")]
    [InlineData("{\"version\":\"", "y", "\"}", "$.version is 'yyy")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"", "y", "\":\"z\"},\"merges\":[]}}", "$.model.vocab['yyy")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{},\"merges\":[", "0,", "0]}}", "$ is junk, or of more than 16777216")]
    public void Load_HundredMegabytesOfJunk_IsRefusedWithAShortMessage(string before, string junk, string after, string found)
    {
        byte[] content = new byte[before.Length + (Megabytes100 / junk.Length * junk.Length) + after.Length];
        byte[] unit = Encoding.ASCII.GetBytes(junk);
        for (int i = before.Length; i < content.Length - after.Length; i += unit.Length)
        {
            unit.CopyTo(content.AsSpan(i));
        }

        Encoding.ASCII.GetBytes(before).CopyTo(content, 0);
        Encoding.ASCII.GetBytes(after).CopyTo(content, content.Length - after.Length);

        string message = Message(content);

        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 10, 1000);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("x\\udfff")]
    public void Load_IllFormedName_IsRefused(string name)
    {
        string json = Tiny().Replace("\"hello\":", $"\"{name}\":", StringComparison.Ordinal);
        Assert.Contains("$.model.vocab holds text that is not well-formed", Message(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);

        json = Tiny().Replace("\"clean_text\":", $"\"{name}\":", StringComparison.Ordinal);
        Assert.StartsWith("tokenizer.json: $.normalizer", Message(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BytesThatAreNoUtf8_AreRefused()
    {
        byte[] content = Encoding.UTF8.GetBytes(Tiny());
        content[content.AsSpan().IndexOf("hello"u8)] = 0xFF;
        Assert.Contains("$.model.vocab holds text that is not well-formed", Message(content), StringComparison.Ordinal);

        content = Encoding.UTF8.GetBytes(Tiny());
        content[content.AsSpan().IndexOf("true"u8)] = 0xFF;
        Assert.Contains("malformed JSON", Message(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_VocabularyOutOfOrderWithGapsAndTwins_IsReadAsInTheReference()
    {
        Tokenizer tokenizer = new TinyTokenizer()
            .Set("model.vocab", """{ "world": 70, "hello": 3, "[UNK]": 9, "un": 3 }""")
            .Set("post_processor", null)
            .Set("added_tokens", "[]")
            .Load();

        Assert.Equal([3, 70, 3, 9], tokenizer.EncodeToIds("hello world un other"));
        Assert.Equal(4, tokenizer.VocabularySize);
        Assert.Equal(70, tokenizer.MaxTokenId);
        Assert.Null(tokenizer.IdToToken(4));
    }

    [Fact]
    public void Load_TokenThatComesTwice_HasTheLaterId()
    {
        string json = Tiny().Replace("\"hello\":5", "\"hello\":900,\"hello\":5", StringComparison.Ordinal);

        Assert.Equal([5], Load(Encoding.UTF8.GetBytes(json)).EncodeToIds("hello"));
    }

    private static string Tiny() => new TinyTokenizer().Json.ToJsonString();

    private static string Message(byte[] content) => Assert.Throws<InvalidDataException>(() => Load(content)).Message;

    private static Tokenizer Load(byte[] content)
    {
        using MemoryStream stream = new(content);
        return Tokenizer.Load(stream);
    }
}
