namespace JikoXpress.Scenarios.Vocabulary;

internal static class Units
{
    extension(int count)
    {
        public TimeSpan Seconds => TimeSpan.FromSeconds(count);
        public TimeSpan Minutes => TimeSpan.FromMinutes(count);
        public TimeSpan Hours => TimeSpan.FromHours(count);

        /// <summary>Does it so many times at once, all let go at the same moment.</summary>
        public async Task<T[]> AtOnce<T>(Func<int, Task<T>> act)
        {
            var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var all = Enumerable.Range(0, count).Select(async number =>
            {
                await go.Task;
                return await act(number);
            }).ToList();
            go.SetResult();
            return await Task.WhenAll(all);
        }
    }
}
