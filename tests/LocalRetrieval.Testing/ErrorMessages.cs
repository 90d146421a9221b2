using System.Text.RegularExpressions;

namespace LocalRetrieval.Testing;

/// <summary>Checks that the message of an error can be read: that no gap in its template was filled with nothing, twice, or with a word for nothing.</summary>
public static partial class ErrorMessages
{
    /// <summary>Asserts that the message has none of the marks of an ill-filled template, and gives it.</summary>
    public static string AssertReadable(Exception exception)
    {
        Assert.True(FindUnreadable(exception) is null, exception.Message);
        return exception.Message;
    }

    /// <summary>The message, where it has a mark of an ill-filled template; otherwise null.</summary>
    public static string? FindUnreadable(Exception exception) =>
        IllFilled().IsMatch(exception.Message) || ParameterSuffix().Count(exception.Message) > 1 ? exception.Message : null;

    // Empty brackets and quotes, a quoted word for nothing, a list that begins or ends in nothing, an unfilled gap, the names of .NET's types.
    [GeneratedRegex("""\(\)|(?<!\w)''|"missing"|'missing'|'null'|\(, |, [.;)]|: [.;)]|[\w)]\.\.(?![./\\\w])|  |\{\d|System\.|`\d""")]
    private static partial Regex IllFilled();

    [GeneratedRegex(@"\(Parameter '")]
    private static partial Regex ParameterSuffix();
}
