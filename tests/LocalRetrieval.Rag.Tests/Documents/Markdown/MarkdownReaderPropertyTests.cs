using System.Text.RegularExpressions;
using LocalRetrieval.Rag.Tests.Chunking;

namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

/// <summary>What holds for every document, on documents made from random seeds.</summary>
public sealed partial class MarkdownReaderPropertyTests
{
    private const int Documents = 1500;

    [Fact]
    public void Read_AnyDialect_ShowsEveryWordOnceAndNoSecret()
    {
        for (int seed = 0; seed < Documents; seed++)
        {
            string text = DialectDocument.Create(seed);
            DocumentContent content = MarkdownReader.Instance.Read(text);
            string seen = string.Join('\n', Texts(content).Concat(content.Sections.Select(section => section.HeadingPath)));

            Assert.All(Seen().Matches(text), word => Assert.True(Regex.IsMatch(seen, word.Value + @"(?!\d)"), $"Seed {seed}: {word.Value} is lost of\n{text}\n-----\n{seen}"));
            Assert.False(seen.Contains("secret", StringComparison.Ordinal), $"Seed {seed}:\n{text}\n-----\n{seen}");
        }
    }

    [Fact]
    public void Read_InSmallParts_GivesTheSameAsWhole()
    {
        MarkdownReader whole = new(int.MaxValue);
        MarkdownReader small = new(1);
        for (int seed = 0; seed < Documents; seed++)
        {
            string text = seed % 3 == 0 ? RandomMarkdown.Create(seed) : DialectDocument.Create(seed);

            Assert.True(Describe(whole.Read(text)) == Describe(small.Read(text)), $"Seed {seed}:\n{text}\n-----\n{Describe(whole.Read(text))}\n-----\n{Describe(small.Read(text))}");
        }
    }

    [Fact]
    public void Read_AnyDocument_GivesBlocksInOrderWithinTheText()
    {
        for (int seed = 0; seed < Documents; seed++)
        {
            DocumentContent content = MarkdownReader.Instance.Read(RandomMarkdown.Create(seed));
            int end = 0;
            foreach (DocumentBlock block in content.Sections.SelectMany(section => section.Blocks))
            {
                Assert.True(block.Offset >= end && block.Length > 0 && block.HeaderLength >= 0 && block.HeaderLength <= block.Length, $"Seed {seed}");
                end = block.Offset + block.Length;
            }

            Assert.True(end <= content.Text.Length, $"Seed {seed}");
        }
    }

    [Fact]
    public void Read_AnyDocument_MapsWordsToTheSource()
    {
        for (int seed = 0; seed < Documents; seed++)
        {
            string text = DialectDocument.Create(seed);
            DocumentContent content = MarkdownReader.Instance.Read(text);
            foreach (Match word in Seen().Matches(content.Text))
            {
                int start = content.Map?.SourceStart(word.Index) ?? word.Index;
                int end = content.Map?.SourceEnd(word.Index + word.Length) ?? word.Index + word.Length;
                Assert.Contains(word.Value, text[start..end], StringComparison.Ordinal);
            }
        }
    }

    private static string Describe(DocumentContent content) =>
        string.Join('\n', content.Sections.Select(section => $"[{section.HeadingPath}] "
            + string.Join(" ¶ ", section.Blocks.Select(block => $"{block.Kind} {block.HeaderLength} {content.Text.Substring(block.Offset, block.Length)}"))));

    private static IEnumerable<string> Texts(DocumentContent content) =>
        content.Sections.SelectMany(section => section.Blocks).Select(block => content.Text.Substring(block.Offset, block.Length));

    [GeneratedRegex(@"seen\d+x\d+")]
    private static partial Regex Seen();
}
