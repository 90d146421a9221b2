using System.Text.RegularExpressions;

namespace LocalRetrieval.Testing;

/// <summary>Checks that the message of an error can be read: that no gap in its template was filled with nothing, twice, or with a word for nothing.</summary>
public static partial class ErrorMessages
{
    /// <summary>Asserts that the message has none of the marks of an ill-filled template, and gives it.</summary>
    public static string AssertReadable(Exception exception)
    {
        string message = exception.Message;
        Assert.DoesNotMatch(IllFilled(), message);
        Assert.True(ParameterSuffix().Count(message) <= 1, $"Names a parameter twice: {message}");
        return message;
    }

    // Empty brackets and quotes, a quoted word for nothing, a list that begins or ends in nothing, an unfilled gap, the names of .NET's types.
    [GeneratedRegex("""\(\)|(?<!\w)''|"missing"|'missing'|'null'|\(, |, [.;)]|: [.;)]|[\w)]\.\.(?![./\\\w])|  |\{\d|System\.|`\d""")]
    private static partial Regex IllFilled();

    [GeneratedRegex(@"\(Parameter '")]
    private static partial Regex ParameterSuffix();
}
