using System.Globalization;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>How often a random test tries: a few times with each run of the tests, and as often as a variable of the environment says where somebody wants to know.</summary>
internal static class AtLength
{
    /// <param name="variable">Such as STORE_KILLS.</param>
    /// <param name="usual">How often without it.</param>
    public static int Times(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { } times ? int.Parse(times, CultureInfo.InvariantCulture) : usual;
}
