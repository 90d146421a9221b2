using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class MarkdownParagraphsTests
{
    [Theory]
    [InlineData("One\nwrapped line.\n\nTwo.", "One wrapped line.|Two.")]
    [InlineData("One\r\nwrapped line.\r\n\r\nTwo.", "One wrapped line.|Two.")]
    [InlineData("- One\n  wrapped.\n* Two.\n1. Three.\n2) Four.\n- [x] Five.", "One wrapped.|Two.|Three.|Four.|Five.")]
    [InlineData("- One.\n\n    Second paragraph of it.", "One.|Second paragraph of it.")]
    [InlineData("> Quoted\n> text.\n\nOwn.", "Quoted text.|Own.")]
    [InlineData("# Heading\nText.\n## Other", "Text.")]
    [InlineData("Heading\n=======\n\nText.\n\nHeading\n---\nText.", "Text.|Text.")]
    [InlineData("One.\n\n* * *\n\n---\n\nTwo.", "One.|Two.")]
    [InlineData("One.\n\n| a | b |\n|---|---|\n| 1. A | 2 |\n\nTwo.", "One.|Two.")]
    [InlineData("One:\n```csharp\nvar x = 1. Y;\n\n# no heading\n```\nTwo.", "One:|Two.")]
    [InlineData("One:\n\n~~~\ncode\n~~~\n\nTwo.", "One:|Two.")]
    [InlineData("One:\n\n    code\n\n    more\n\nTwo.", "One:|Two.")]
    [InlineData("- One\nlazily wrapped.\n\n  More.\n\nTwo.\n\n    code", "One lazily wrapped.|More.|Two.")]
    [InlineData("rest of code\n```\n\nTwo.", "Two.")]
    [InlineData("One.\n\n```sh\nstart of code", "One.")]
    [InlineData("One [site][1].\n\n[1]: https://example.com", "One [site][1].")]
    [InlineData("-5 is below zero, and 3.5 is not.", "-5 is below zero, and 3.5 is not.")]
    [InlineData("", "")]
    public void Of_Markdown_GivesTheProse(string text, string expected) =>
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), MarkdownParagraphs.Of(text));
}
