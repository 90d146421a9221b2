using LocalRetrieval.Tokenizers.PostProcessors;

namespace LocalRetrieval.Tokenizers.Tests.PostProcessors;

public sealed class OffsetTrimmingTests
{
    [Theory]
    [InlineData(false, " ab", "Ġab", 0, 3, 1, 3)]
    [InlineData(true, " ab", "Ġab", 0, 3, 0, 3)]
    [InlineData(true, "  ab", "ĠĠab", 0, 4, 2, 4)]
    [InlineData(false, "ab  ", "abĠĠ", 0, 4, 0, 2)]
    [InlineData(false, "   ", "ĠĠĠ", 0, 3, 3, 3)]
    [InlineData(false, "😀", "ĠðŁ", 0, 2, 2, 2)]
    [InlineData(false, "x <m>", " <m>", 1, 5, 2, 5)]
    [InlineData(false, "a", "aĠĠ", 0, 1, 0, 1)]
    public void Trim_Token_LeavesItsSpacesOut(bool addPrefixSpace, string text, string token, int start, int end, int newStart, int newEnd)
    {
        EncodedSequence sequence = new() { Text = text };
        sequence.AddToken(1, token, new TokenOffset(start, end), 0);

        OffsetTrimming.Trim(sequence, addPrefixSpace);

        Assert.Equal(new TokenOffset(newStart, newEnd), sequence.Offsets[0]);
    }

    [Fact]
    public void Load_ByteLevelAfterBertProcessing_IsRefused()
    {
        TinyTokenizer tiny = new TinyTokenizer().Set(
            "post_processor",
            """
            { "type": "Sequence", "processors": [
              { "type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2] },
              { "type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true } ] }
            """);

        string message = Assert.Throws<InvalidDataException>(() => tiny.Load()).Message;

        Assert.Contains("$.post_processor.processors[1] is 'ByteLevel' after 'BertProcessing'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_RobertaPairThatIsCut_WindowsHaveTypeId0OnlyWithSpecialTokens()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set(
            "post_processor",
            """
            { "type": "RobertaProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2], "trim_offsets": true, "add_prefix_space": true }
            """).Load();

        TokenEncoding with = tokenizer.Encode("a", "a b a b", new EncodeOptions { Truncation = new() { MaxLength = 7 } });
        TokenEncoding without = tokenizer.Encode(
            "a", "a b a b", new EncodeOptions { Truncation = new() { MaxLength = 3 }, AddSpecialTokens = false });

        Assert.Equal([2, 10, 3, 3, 10, 11, 3], with.Ids);
        Assert.NotEmpty(with.Overflow);
        Assert.All(with.Overflow, window => Assert.All(window.TypeIds, typeId => Assert.Equal(0, typeId)));
        Assert.Equal([0, 0, 0], without.TypeIds);
        Assert.Equal([0, 1, 1], without.Overflow[0].TypeIds);
    }
}
