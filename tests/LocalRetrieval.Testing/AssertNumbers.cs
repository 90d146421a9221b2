using System.Numerics;

namespace LocalRetrieval.Testing;

/// <summary>Asserts over many numbers, their count included.</summary>
public static class AssertNumbers
{
    /// <summary>Asserts that there are as many numbers, at least one, and that each is what is expected within a tolerance.</summary>
    public static void Close<T>(IEnumerable<T> expected, IEnumerable<T> actual, double tolerance)
        where T : INumber<T>
    {
        double[] wanted = [.. expected.Select(double.CreateChecked)];
        double[] found = [.. actual.Select(double.CreateChecked)];
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted.Length, found.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(Math.Abs(wanted[i] - found[i]) <= tolerance, $"number {i}: {found[i]}, expected {wanted[i]}");
        }
    }
}
