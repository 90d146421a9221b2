using Microsoft.Extensions.AI;
using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class RetrievalPromptTests
{
    private const string Line = "--0123456789abcdef\n";
    private const string End = "--0123456789abcdef--";

    [Fact]
    public void Read_AugmentedMessage_GivesQuestionAndSources()
    {
        RetrievalPrompt prompt = Read($"Cite like [1].\n\n{Line}[1] a.md > Top > Sub\nFirst.\n\nStill first.\n{Line}[2]\nSecond.\n{End}\n\nQuestion: ", "Why?");

        Assert.Equal("Why?", prompt.Question);
        Assert.Equal(
            [new NumberedSource(1, "a.md > Top > Sub", "First.\n\nStill first."), new NumberedSource(2, "", "Second.")], prompt.Sources);
    }

    [Fact]
    public void Read_OneText_IsReadAlike()
    {
        RetrievalPrompt prompt = Read($"{Line}[1] a.md\nFirst.\n{End}\n\nQuestion: Why?");

        Assert.Equal("Why?", prompt.Question);
        Assert.Equal([new NumberedSource(1, "a.md", "First.")], prompt.Sources);
    }

    [Fact]
    public void Read_MarkersWithinSourceAndQuestion_AreNoBoundaries()
    {
        RetrievalPrompt prompt = Read(
            $"{Line}[1] a.md\nSee [2].\n[2] Not a header.\n--fedcba9876543210\n[7] Nor this.\n\nQuestion: not yet.\n{Line}[2] b.md\nSecond.\n{End}\n\nQuestion: ",
            "Is\n\nQuestion: and\n\n[1] text?");

        Assert.Equal("Is\n\nQuestion: and\n\n[1] text?", prompt.Question);
        Assert.Equal(["a.md", "b.md"], prompt.Sources.Select(source => source.Title));
        Assert.EndsWith("Question: not yet.", prompt.Sources[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TenSources_AreNumberedInOrder()
    {
        RetrievalPrompt prompt = Read(
            string.Concat(Enumerable.Range(1, 10).Select(number => $"{Line}[{number}] {number}.md\nText {number}.\n")) + $"{End}\n\nQuestion: ", "Why?");

        Assert.Equal(Enumerable.Range(1, 10), prompt.Sources.Select(source => source.Number));
        Assert.All(prompt.Sources, source => Assert.Equal($"Text {source.Number}.", source.Text));
    }

    [Theory]
    [InlineData("Why?", "Why?")]
    [InlineData("No source was found.\n\nQuestion: Why?", "Why?")]
    [InlineData("[1] a.md\nText without a question", "[1] a.md\nText without a question")]
    public void Read_NoSources_IsTheQuestion(string text, string question)
    {
        RetrievalPrompt prompt = Read(text);

        Assert.Equal(question, prompt.Question);
        Assert.Empty(prompt.Sources);
    }

    [Fact]
    public void Read_HeaderCutOff_IsASourceWithoutText() =>
        Assert.Equal([new NumberedSource(1, "a.m", "")], Read($"{Line}[1] a.m\n{End}\n\nQuestion: ", "Why?").Sources);

    [Fact]
    public void Read_SeveralUserMessages_TakesTheLast()
    {
        RetrievalPrompt prompt = RetrievalPrompt.Read(
        [
            new ChatMessage(ChatRole.User, $"{Line}[1] a.md\nOld.\n{End}\n\nQuestion: Old?"),
            new ChatMessage(ChatRole.Assistant, "[1] old"),
            new ChatMessage(ChatRole.User, $"{Line}[1] b.md\nNew.\n{End}\n\nQuestion: New?"),
            new ChatMessage(ChatRole.Assistant, "Let me see."),
        ]);

        Assert.Equal(("New?", "b.md"), (prompt.Question, Assert.Single(prompt.Sources).Title));
    }

    [Fact]
    public void Read_NoUserMessage_IsEmpty()
    {
        RetrievalPrompt prompt = RetrievalPrompt.Read([new ChatMessage(ChatRole.System, $"{Line}[1] a.md\nText.\n{End}\n\nQuestion: Why?")]);

        Assert.Equal("", prompt.Question);
        Assert.Empty(prompt.Sources);
    }

    private static RetrievalPrompt Read(params string[] contents) =>
        RetrievalPrompt.Read([new ChatMessage(ChatRole.User, [.. contents.Select(text => new TextContent(text))])]);
}
