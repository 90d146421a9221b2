using ConsoleRag.Chat;

namespace ConsoleRag.Tests.Chat;

public class CitationFilterTests
{
    [Theory]
    [InlineData("As it is [1] and [2].", "As it is [1] and [2].")]
    [InlineData("One [3], none [0].", "One ?3, none ?0.")]
    [InlineData("Both [1, 2], half [ 2,9 ].", "Both [1][2], half [2]?9.")]
    [InlineData("Zeros [01].", "Zeros [1].")]
    [InlineData("A link [9](https://example.com), a note [a], an open [9", "A link [9](https://example.com), a note [a], an open [9")]
    [InlineData("Code `a[9]` and ```\na[9]\n``` but [9].", "Code `a[9]` and ```\na[9]\n``` but ?9.")]
    [InlineData("The end [9]", "The end ?9")]
    [InlineData("[[9]]", "[?9]")]
    public void Add_Text_LeavesMarkersOfSourcesAlone(string text, string expected)
    {
        CitationFilter whole = new(2, number => $"?{number}");
        CitationFilter pieces = new(2, number => $"?{number}");

        Assert.Equal(expected, whole.Add(text) + whole.Complete());
        Assert.Equal(expected, string.Concat(text.Select(character => pieces.Add($"{character}"))) + pieces.Complete());
    }

    [Fact]
    public void Add_PieceWithoutAMarker_IsNotHeldBack() =>
        Assert.Equal("One [1] piece", new CitationFilter(1, number => number).Add("One [1] piece"));
}
