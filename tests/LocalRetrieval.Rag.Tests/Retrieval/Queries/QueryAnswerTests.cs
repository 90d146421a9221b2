namespace LocalRetrieval.Rag.Tests.Retrieval.Queries;

/// <summary>What models answer when they are asked for a question alone.</summary>
public sealed class QueryAnswerTests
{
    [Theory]
    [InlineData("What is the VAT rate in Germany?")]
    [InlineData("\"What is the VAT rate in Germany?\"")]
    [InlineData("“What is the VAT rate in Germany?”")]
    [InlineData("„What is the VAT rate in Germany?“")]
    [InlineData("« What is the VAT rate in Germany? »")]
    [InlineData("Question: What is the VAT rate in Germany?")]
    [InlineData("**Standalone question:** \"What is the VAT rate in Germany?\"")]
    [InlineData("The rewritten question: What is the VAT rate in Germany?")]
    [InlineData("Rewritten query: What is the VAT rate in Germany?")]
    [InlineData("Frage: What is the VAT rate in Germany?")]
    [InlineData("Here is the rewritten question:\n\nWhat is the VAT rate in Germany?")]
    [InlineData("Standalone question:\r\nWhat is the VAT rate in Germany?\r\nIt names the country.")]
    [InlineData("```\nWhat is the VAT rate in Germany?\n```")]
    [InlineData("1. What is the VAT rate in Germany?")]
    [InlineData("- **What is the VAT rate in Germany?**")]
    [InlineData("<think>\nThey mean Germany: \"VAT\"?\n</think>\nWhat is the VAT rate in Germany?")]
    public void First_Dressed_IsTheQuestion(string answer) => Assert.Equal("What is the VAT rate in Germany?", QueryAnswer.First(QueryAnswer.WithoutThoughts(answer)));

    [Theory]
    [InlineData("Why \"retry\" and \"backoff\"?", "Why \"retry\" and \"backoff\"?")]
    [InlineData("\"retry\" or \"backoff\"", "\"retry\" or \"backoff\"")]
    [InlineData("Question answering: how is it measured?", "Question answering: how is it measured?")]
    [InlineData("2024 revenue of Contoso", "2024 revenue of Contoso")]
    [InlineData("1.5 litres of oil?", "1.5 litres of oil?")]
    [InlineData("*args in Python?", "*args in Python?")]
    [InlineData("--force: what does it do?", "--force: what does it do?")]
    public void First_Question_KeepsItsOwnSigns(string answer, string question) => Assert.Equal(question, QueryAnswer.First(answer));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("<think>never ends")]
    [InlineData("Here you are:")]
    public void First_NoQuestion_IsEmpty(string answer) => Assert.Equal("", QueryAnswer.First(QueryAnswer.WithoutThoughts(answer)));

    [Theory]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("Question: ")]
    [InlineData("> * ")]
    public void First_MarksWithoutEnd_AreNoQuestion(string mark) =>
        Assert.Equal("", QueryAnswer.First(QueryAnswer.WithoutThoughts(string.Concat(Enumerable.Repeat(mark, 500_000)) + "a")));

    [Fact]
    public void Queries_List_IsReadLineByLine() => Assert.Equal(
        ["oil the chain", "grease a bicycle chain", "chain lubrication"],
        QueryAnswer.Queries("Here are three ways:\n1) oil the chain\n2. \"grease a bicycle chain\"\n\n• Query 3: chain lubrication\n"));

    [Fact]
    public void Cut_Surrogates_StayWhole() => Assert.Equal(("a", "a😀", "a😀b"), (QueryAnswer.Cut("a😀b", 2), QueryAnswer.Cut("a😀b", 3), QueryAnswer.Cut("a😀b", 4)));
}
