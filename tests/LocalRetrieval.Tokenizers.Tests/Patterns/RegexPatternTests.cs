using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns;

namespace LocalRetrieval.Tokenizers.Tests.Patterns;

/// <summary>What the goldens do not hold: what the reference matches and the library refuses, and where .NET would err.</summary>
public sealed class RegexPatternTests
{
    [Theory]
    [InlineData(@"(a)\1", "a backreference")]
    [InlineData(@"(?<n>a)\k<n>", "a backreference")]
    [InlineData(@"(?<n>a)\g<n>", @"'\g'")]
    [InlineData(@"\X", @"'\X'")]
    [InlineData(@"a\Kb", @"'\K'")]
    [InlineData(@"\Ga", @"'\G'")]
    [InlineData(@"\y", @"'\y'")]
    [InlineData("(?W:a)", "the group or option '(?W'")]
    [InlineData("(?~ab)", "the group or option '(?~'")]
    [InlineData("(?(1)a|b)", "the group or option '(?('")]
    [InlineData("(?<>a)", "a group without a name")]
    [InlineData("(?<a-b>a)", "a group whose name is no word")]
    [InlineData("(*FAIL)", "a callout '(*'")]
    [InlineData(@"\xE9", "a byte that is not ASCII")]
    [InlineData(@"\cA", @"the control character '\c'")]
    [InlineData(@"[\x]", "a character without its number")]
    [InlineData("(?:a|)*", "a repeated part that can be empty")]
    [InlineData("(?:a+?)?", "a lazy quantifier and another")]
    [InlineData("(?<=(?>a|ab))c", "a lookbehind that holds an atomic group")]
    [InlineData(@"\p{InBasicLatin}", "the property 'InBasicLatin'")]
    public void Read_WhatIsNotSupported_IsRefusedByName(string expression, string construct)
    {
        string message = Assert.Throws<InvalidDataException>(() => Read(expression)).Message;

        Assert.StartsWith($"file: $.Regex is a regular expression with {construct}", message, StringComparison.Ordinal);
        Assert.Contains($": '{expression}'", message, StringComparison.Ordinal);
        Assert.Contains("; supported: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepOrLongExpression_IsRefused()
    {
        string groups = new string('(', 300) + new string(')', 300);
        string classes = new('[', 300);
        string characters = new('a', 10_001);

        Assert.Contains("groups nested deeper", Assert.Throws<InvalidDataException>(() => Read(groups)).Message, StringComparison.Ordinal);
        Assert.Contains("classes nested deeper", Assert.Throws<InvalidDataException>(() => Read(classes)).Message, StringComparison.Ordinal);
        Assert.Contains("10001", Assert.Throws<InvalidDataException>(() => Read(characters)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"(?>\.+){2}", "...", "")]
    [InlineData(@"(?:\.++){2}", "...", "")]
    [InlineData(".", "a😀\n\U00010400", "a|😀|\U00010400")]
    [InlineData("[^a]", "a😀", "😀")]
    [InlineData("(?<=.)b", "😀b", "b")]
    [InlineData("(?<=^.)b", "😀b", "b")]
    [InlineData(@"\p{L}{2}", "\U00010400\U00020000a", "\U00010400\U00020000")]
    [InlineData("(?i)[i]+", "iIİı", "iI")]
    [InlineData(@"\u1C8A", "\u1C89\u1C8A", "\u1C8A")]
    public void Matches_WhereDotNetDiffers_AreAsInTheReference(string expression, string text, string matches)
    {
        List<string> found = [];
        foreach (var match in Read(expression).Matches(text))
        {
            found.Add(text[match.Start..match.End]);
        }

        Assert.Equal(matches, string.Join('|', found));
    }

    [Fact]
    public void Matches_EmptyOnes_NoneIsRightAfterAnother()
    {
        List<string> found = [];
        foreach (var match in Read("b*").Matches("😀bba"))
        {
            found.Add($"{match.Start}-{match.End}");
        }

        Assert.Equal(["0-0", "2-4", "5-5"], found);
    }

    [Fact]
    public void Matches_ManyThreads_EqualOne()
    {
        RegexPattern pattern = Read(@"\p{L}+|\s+(?!\S)|[^\p{L}]");
        string[] texts = [.. NastyTexts.Generate(seed: 5, count: 500)];
        int[] expected = [.. texts.Select(text => pattern.Matches(text).Length)];
        int[] actual = new int[texts.Length];

        _ = Parallel.For(0, texts.Length, i => actual[i] = pattern.Matches(texts[i]).Length);

        Assert.Equal(expected, actual);
    }

    private static RegexPattern Read(string expression) =>
        RegexPattern.Read(new JsonField("file", "$.Regex", JsonSerializer.SerializeToElement(expression)));
}
